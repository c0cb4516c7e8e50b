# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_capture_global_optspecs
    string join \n source= listen= listen-any from-browser= no-input url= not-url= method= domain= type= to= body-dir= out= allow-partial count= responses initiator= tab= save= for= color= q/quiet v/verbose h/help V/version
end

function __fish_capture_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_capture_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_capture_using_subcommand
    set -l cmd (__fish_capture_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c capture -n "__fish_capture_needs_command" -l source -d 'The source of requests' -r -f -a "bridge\t'The browsers that have the extension'
proxy\t'An HTTP and HTTPS proxy that clients are told to use'"
complete -c capture -n "__fish_capture_needs_command" -l listen -d 'The address that the proxy listens on' -r
complete -c capture -n "__fish_capture_needs_command" -l from-browser -d 'Only this browser, or NAME:PROFILE' -r
complete -c capture -n "__fish_capture_needs_command" -l url -d 'Only URLs that match' -r
complete -c capture -n "__fish_capture_needs_command" -l not-url -d 'Skip URLs that match' -r
complete -c capture -n "__fish_capture_needs_command" -l method -d 'Only this method' -r
complete -c capture -n "__fish_capture_needs_command" -l domain -d 'Only this domain and its subdomains' -r
complete -c capture -n "__fish_capture_needs_command" -l type -d 'Only this kind of request: xhr, document, image' -r -f -a "main_frame\t'A page'
sub_frame\t'A frame in a page'
stylesheet\t'A style sheet'
script\t'A script or worker'
image\t'An image'
font\t'A font'
object\t'A plug-in\'s content'
xmlhttprequest\t'`fetch` and `XMLHttpRequest`'
ping\t'`sendBeacon` and `<a ping>`'
csp_report\t'A report of a policy violation'
media\t'Sound and video'
websocket\t'The handshake of a WebSocket'
other\t'Anything else, such as requests that no browser made'"
complete -c capture -n "__fish_capture_needs_command" -l to -d 'Output format' -r -f -a "json\t'One HAR request object per line'
curl-config\t'For curl -K -: no shell, no secret in any argv'
curl\t'A POSIX shell line, safe to paste'
header\t'Only the headers that were added, for `curl -H @-`'
url\t'Only the URL'
har\t'One HAR 1.2 document'
http\t'Raw HTTP/1.1 messages, one after another'
vegeta\t'Targets of vegeta, one per line'
hurl\t'Entries of a Hurl file'
http-file\t'A .http file, as editors run it'
postman\t'One collection of Postman; with --out a folder of Postman 12'
opencollection\t'With --out, an OpenCollection folder, as Bruno 4 writes'
httpie\t'A POSIX shell line for HTTPie or xh, safe to paste'"
complete -c capture -n "__fish_capture_needs_command" -l body-dir -d 'Folder for the bodies that --to curl-config cannot hold' -r -F
complete -c capture -n "__fish_capture_needs_command" -l out -d 'Folder for --to postman and --to opencollection' -r -F
complete -c capture -n "__fish_capture_needs_command" -l count -d 'End after N requests' -r
complete -c capture -n "__fish_capture_needs_command" -l initiator -d 'Only requests that pages of this domain make' -r
complete -c capture -n "__fish_capture_needs_command" -l tab -d 'Only requests of tabs whose page\'s URL matches' -r
complete -c capture -n "__fish_capture_needs_command" -l save -d 'Append every line to this file too' -r -F
complete -c capture -n "__fish_capture_needs_command" -l for -d 'End after this time: 500ms, 2s, 1.5m, 1h' -r
complete -c capture -n "__fish_capture_needs_command" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c capture -n "__fish_capture_needs_command" -l listen-any -d 'Allow --listen with an address that others can reach'
complete -c capture -n "__fish_capture_needs_command" -l no-input -d 'Never prompt'
complete -c capture -n "__fish_capture_needs_command" -l allow-partial -d 'Take bodies of which a part is missing'
complete -c capture -n "__fish_capture_needs_command" -l responses -d 'Write HAR entries'
complete -c capture -n "__fish_capture_needs_command" -s q -l quiet -d 'Print only errors on stderr'
complete -c capture -n "__fish_capture_needs_command" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c capture -n "__fish_capture_needs_command" -s h -l help -d 'Print help'
complete -c capture -n "__fish_capture_needs_command" -s V -l version -d 'Print the version'
complete -c capture -n "__fish_capture_needs_command" -a "ca" -d 'Print the certificate of the proxy\'s authority'
complete -c capture -n "__fish_capture_needs_command" -a "history" -d 'Read back what was captured with --save history'
complete -c capture -n "__fish_capture_using_subcommand ca" -l permit -d 'Let it sign only for this domain and its subdomains' -r
complete -c capture -n "__fish_capture_using_subcommand ca" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c capture -n "__fish_capture_using_subcommand ca" -l renew -d 'Make a new authority'
complete -c capture -n "__fish_capture_using_subcommand ca" -s q -l quiet -d 'Print only errors on stderr'
complete -c capture -n "__fish_capture_using_subcommand ca" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c capture -n "__fish_capture_using_subcommand ca" -s h -l help -d 'Print help'
complete -c capture -n "__fish_capture_using_subcommand ca" -s V -l version -d 'Print the version'
complete -c capture -n "__fish_capture_using_subcommand history" -l url -d 'Only URLs that match' -r
complete -c capture -n "__fish_capture_using_subcommand history" -l not-url -d 'Skip URLs that match' -r
complete -c capture -n "__fish_capture_using_subcommand history" -l method -d 'Only this method' -r
complete -c capture -n "__fish_capture_using_subcommand history" -l domain -d 'Only this domain and its subdomains' -r
complete -c capture -n "__fish_capture_using_subcommand history" -l type -d 'Only this kind of request: xhr, document, image' -r -f -a "main_frame\t'A page'
sub_frame\t'A frame in a page'
stylesheet\t'A style sheet'
script\t'A script or worker'
image\t'An image'
font\t'A font'
object\t'A plug-in\'s content'
xmlhttprequest\t'`fetch` and `XMLHttpRequest`'
ping\t'`sendBeacon` and `<a ping>`'
csp_report\t'A report of a policy violation'
media\t'Sound and video'
websocket\t'The handshake of a WebSocket'
other\t'Anything else, such as requests that no browser made'"
complete -c capture -n "__fish_capture_using_subcommand history" -l to -d 'Output format' -r -f -a "json\t'One HAR request object per line'
curl-config\t'For curl -K -: no shell, no secret in any argv'
curl\t'A POSIX shell line, safe to paste'
header\t'Only the headers that were added, for `curl -H @-`'
url\t'Only the URL'
har\t'One HAR 1.2 document'
http\t'Raw HTTP/1.1 messages, one after another'
vegeta\t'Targets of vegeta, one per line'
hurl\t'Entries of a Hurl file'
http-file\t'A .http file, as editors run it'
postman\t'One collection of Postman; with --out a folder of Postman 12'
opencollection\t'With --out, an OpenCollection folder, as Bruno 4 writes'
httpie\t'A POSIX shell line for HTTPie or xh, safe to paste'"
complete -c capture -n "__fish_capture_using_subcommand history" -l body-dir -d 'Folder for the bodies that --to curl-config cannot hold' -r -F
complete -c capture -n "__fish_capture_using_subcommand history" -l out -d 'Folder for --to postman and --to opencollection' -r -F
complete -c capture -n "__fish_capture_using_subcommand history" -l count -d 'End after N requests' -r
complete -c capture -n "__fish_capture_using_subcommand history" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c capture -n "__fish_capture_using_subcommand history" -l allow-partial -d 'Take bodies of which a part is missing'
complete -c capture -n "__fish_capture_using_subcommand history" -l responses -d 'Write HAR entries'
complete -c capture -n "__fish_capture_using_subcommand history" -s q -l quiet -d 'Print only errors on stderr'
complete -c capture -n "__fish_capture_using_subcommand history" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c capture -n "__fish_capture_using_subcommand history" -s h -l help -d 'Print help'
complete -c capture -n "__fish_capture_using_subcommand history" -s V -l version -d 'Print the version'
