# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_cookie_sync_global_optspecs
    string join \n color= q/quiet v/verbose h/help V/version
end

function __fish_cookie_sync_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_cookie_sync_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_cookie_sync_using_subcommand
    set -l cmd (__fish_cookie_sync_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c cookie-sync -n "__fish_cookie_sync_needs_command" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c cookie-sync -n "__fish_cookie_sync_needs_command" -s q -l quiet -d 'Print only errors on stderr'
complete -c cookie-sync -n "__fish_cookie_sync_needs_command" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c cookie-sync -n "__fish_cookie_sync_needs_command" -s h -l help -d 'Print help'
complete -c cookie-sync -n "__fish_cookie_sync_needs_command" -s V -l version -d 'Print the version'
complete -c cookie-sync -n "__fish_cookie_sync_needs_command" -f -a "watch" -d 'Sync cookies, and every change, until interrupted'
complete -c cookie-sync -n "__fish_cookie_sync_needs_command" -f -a "once" -d 'Sync cookies as they are now'
complete -c cookie-sync -n "__fish_cookie_sync_needs_command" -f -a "wait" -d 'Wait until a cookie is there: log in, then the script goes on'
complete -c cookie-sync -n "__fish_cookie_sync_needs_command" -f -a "add" -d 'Add domains to the list that is used when none is named'
complete -c cookie-sync -n "__fish_cookie_sync_needs_command" -f -a "remove" -d 'Take domains off the list; what was synced stays where it is'
complete -c cookie-sync -n "__fish_cookie_sync_needs_command" -f -a "list" -d 'Print the added domains'
complete -c cookie-sync -n "__fish_cookie_sync_needs_command" -f -a "export" -d 'Print cookies as they are now'
complete -c cookie-sync -n "__fish_cookie_sync_needs_command" -f -a "apply" -d 'Put the right Cookie header on each request of the pipe'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand watch" -l jar -d 'Keep the cookies in this Netscape file, for curl -b' -r -F
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand watch" -l json-file -d 'Keep them in this file as JSON, partitioned ones too' -r -F
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand watch" -l header -d 'Keep a Cookie header in this file' -r -F
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand watch" -l header-url -d 'The URL that --header is for' -r
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand watch" -l storage-state -d 'Keep them in this storage state of Playwright' -r -F
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand watch" -l session -d 'Keep them in this session file of HTTPie or xh' -r -F
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand watch" -l changes -d 'Append a line of JSON for each change to this file' -r -F
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand watch" -l exec -d 'Run this after changes, by the shell' -r
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand watch" -l from-browser -d 'Only this browser, or NAME:PROFILE' -r
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand watch" -l cookie-store -d 'The cookies of this store' -r
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand watch" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand watch" -l no-input -d 'Never prompt'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand watch" -s q -l quiet -d 'Print only errors on stderr'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand watch" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand watch" -s h -l help -d 'Print help'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand watch" -s V -l version -d 'Print the version'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand once" -l jar -d 'Keep the cookies in this Netscape file, for curl -b' -r -F
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand once" -l json-file -d 'Keep them in this file as JSON, partitioned ones too' -r -F
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand once" -l header -d 'Keep a Cookie header in this file' -r -F
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand once" -l header-url -d 'The URL that --header is for' -r
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand once" -l storage-state -d 'Keep them in this storage state of Playwright' -r -F
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand once" -l session -d 'Keep them in this session file of HTTPie or xh' -r -F
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand once" -l changes -d 'Append a line of JSON for each change to this file' -r -F
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand once" -l exec -d 'Run this after changes, by the shell' -r
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand once" -l timeout -d 'Give up after this time: 30s, 1.5m, 1h' -r
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand once" -l from-browser -d 'Only this browser, or NAME:PROFILE' -r
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand once" -l cookie-store -d 'The cookies of this store' -r
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand once" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand once" -l no-input -d 'Never prompt'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand once" -s q -l quiet -d 'Print only errors on stderr'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand once" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand once" -s h -l help -d 'Print help'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand once" -s V -l version -d 'Print the version'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand wait" -l jar -d 'Keep the cookies in this Netscape file, for curl -b' -r -F
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand wait" -l json-file -d 'Keep them in this file as JSON, partitioned ones too' -r -F
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand wait" -l header -d 'Keep a Cookie header in this file' -r -F
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand wait" -l header-url -d 'The URL that --header is for' -r
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand wait" -l storage-state -d 'Keep them in this storage state of Playwright' -r -F
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand wait" -l session -d 'Keep them in this session file of HTTPie or xh' -r -F
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand wait" -l changes -d 'Append a line of JSON for each change to this file' -r -F
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand wait" -l exec -d 'Run this after changes, by the shell' -r
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand wait" -l timeout -d 'Give up after this time: 30s, 1.5m, 1h' -r
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand wait" -l from-browser -d 'Only this browser, or NAME:PROFILE' -r
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand wait" -l cookie-store -d 'The cookies of this store' -r
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand wait" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand wait" -l no-input -d 'Never prompt'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand wait" -s q -l quiet -d 'Print only errors on stderr'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand wait" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand wait" -s h -l help -d 'Print help'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand wait" -s V -l version -d 'Print the version'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand add" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand add" -s q -l quiet -d 'Print only errors on stderr'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand add" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand add" -s h -l help -d 'Print help'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand add" -s V -l version -d 'Print the version'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand remove" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand remove" -s q -l quiet -d 'Print only errors on stderr'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand remove" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand remove" -s h -l help -d 'Print help'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand remove" -s V -l version -d 'Print the version'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand list" -l json -d 'Print JSON'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand list" -s q -l quiet -d 'Print only errors on stderr'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand list" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand list" -s h -l help -d 'Print help'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand list" -s V -l version -d 'Print the version'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand export" -l to -d 'The output format' -r -f -a "netscape\t'Netscape\'s cookie file, for curl -b'
json\t'A list with the names of the browsers\' extension API'
header\t'The Cookie header for a URL, for `curl -H @-`'
storage-state\t'Playwright\'s storage state'
session\t'A session file of HTTPie and xh'"
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand export" -l jar -d 'Take the cookies from this Netscape file' -r -F
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand export" -l from-browser -d 'Only this browser, or NAME:PROFILE' -r
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand export" -l cookie-store -d 'The cookies of this store' -r
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand export" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand export" -l offline -d 'Take the cookies that were synced last'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand export" -l no-input -d 'Never prompt'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand export" -s q -l quiet -d 'Print only errors on stderr'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand export" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand export" -s h -l help -d 'Print help'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand export" -s V -l version -d 'Print the version'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand apply" -l from -d 'Input format' -r -f -a "auto\t'Detect the format of each document'
har\t'HAR 1.2: a request object, an entry or a whole file; also requests written by hand'
curl\t'curl command lines, as browsers copy them'
vegeta\t'Targets of vegeta (`header` a map of lists, `body` in base64)'
url\t'One URL per line; sent as GET'
postman\t'Postman\'s collections: a file (version 2), or the folder of one (version 3)'
opencollection\t'A folder of OpenCollection or .bru files, as Bruno writes it'
openapi\t'OpenAPI 3 in JSON or YAML: a request for each operation'
insomnia\t'Insomnia\'s exports: version 4 in JSON, version 5 in YAML'
http-file\t'A .http file, as editors run it'"
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand apply" -l to -d 'Output format' -r -f -a "json\t'One HAR request object per line'
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
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand apply" -l body-dir -d 'Folder for the bodies that --to curl-config cannot hold' -r -F
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand apply" -l out -d 'Folder for --to postman and --to opencollection' -r -F
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand apply" -l domain -d 'The cookies of this domain' -r
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand apply" -l jar -d 'Take the cookies from this Netscape file' -r -F
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand apply" -l from-browser -d 'Only this browser, or NAME:PROFILE' -r
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand apply" -l cookie-store -d 'The cookies of this store' -r
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand apply" -l now -d 'Act as if it were this time: RFC 3339, or @SECONDS since 1970' -r
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand apply" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand apply" -l allow-files -d 'Let the input name files to read'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand apply" -l strict -d 'Stop at the first line that fails'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand apply" -l allow-partial -d 'Take bodies of which a part is missing'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand apply" -l offline -d 'Take the cookies that were synced last'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand apply" -l no-input -d 'Never prompt'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand apply" -s q -l quiet -d 'Print only errors on stderr'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand apply" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand apply" -s h -l help -d 'Print help'
complete -c cookie-sync -n "__fish_cookie_sync_using_subcommand apply" -s V -l version -d 'Print the version'
