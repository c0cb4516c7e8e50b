# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_sign_global_optspecs
    string join \n color= q/quiet v/verbose h/help V/version
end

function __fish_sign_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_sign_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_sign_using_subcommand
    set -l cmd (__fish_sign_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c sign -n "__fish_sign_needs_command" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sign -n "__fish_sign_needs_command" -s q -l quiet -d 'Print only errors on stderr'
complete -c sign -n "__fish_sign_needs_command" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c sign -n "__fish_sign_needs_command" -s h -l help -d 'Print help'
complete -c sign -n "__fish_sign_needs_command" -s V -l version -d 'Print the version'
complete -c sign -n "__fish_sign_needs_command" -f -a "none" -d 'Sign nothing: convert between formats'
complete -c sign -n "__fish_sign_needs_command" -f -a "noauth" -d 'Sign nothing: convert between formats'
complete -c sign -n "__fish_sign_needs_command" -f -a "apikey" -d 'A key in a header or in the query'
complete -c sign -n "__fish_sign_needs_command" -f -a "bearer" -d 'A bearer token (RFC 6750)'
complete -c sign -n "__fish_sign_needs_command" -f -a "basic" -d 'User name and password (RFC 7617)'
complete -c sign -n "__fish_sign_needs_command" -f -a "digest" -d 'A response to a server\'s challenge (RFC 7616)'
complete -c sign -n "__fish_sign_needs_command" -f -a "oauth1" -d 'OAuth 1.0 (RFC 5849)'
complete -c sign -n "__fish_sign_needs_command" -f -a "oauth2" -d 'An OAuth 2.0 access token (RFC 6750)'
complete -c sign -n "__fish_sign_needs_command" -f -a "hawk" -d 'Hawk: a MAC over the request, and signed URLs (bewits)'
complete -c sign -n "__fish_sign_needs_command" -f -a "aws" -d 'AWS Signature Version 4'
complete -c sign -n "__fish_sign_needs_command" -f -a "awsv4" -d 'AWS Signature Version 4'
complete -c sign -n "__fish_sign_needs_command" -f -a "ntlm" -d 'NTLMv2, with MIC and channel binding'
complete -c sign -n "__fish_sign_needs_command" -f -a "edgegrid" -d 'Akamai EdgeGrid'
complete -c sign -n "__fish_sign_needs_command" -f -a "jwt" -d 'A JSON Web Token, made and signed here (RFC 7519)'
complete -c sign -n "__fish_sign_needs_command" -f -a "asap" -d 'Atlassian\'s service-to-service tokens (ASAP)'
complete -c sign -n "__fish_sign_needs_command" -f -a "inherit" -d 'Sign each request by its own _auth'
complete -c sign -n "__fish_sign_needs_command" -f -a "verify" -d 'Say whether requests are signed right'
complete -c sign -n "__fish_sign_using_subcommand none" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sign -n "__fish_sign_using_subcommand none" -l from -d 'Input format' -r -f -a "auto\t'Detect the format of each document'
har\t'HAR 1.2: a request object, an entry or a whole file; also requests written by hand'
curl\t'curl command lines, as browsers copy them'
vegeta\t'Targets of vegeta (`header` a map of lists, `body` in base64)'
url\t'One URL per line; sent as GET'
postman\t'Postman\'s collections: a file (version 2), or the folder of one (version 3)'
opencollection\t'A folder of OpenCollection or .bru files, as Bruno writes it'
openapi\t'OpenAPI 3 in JSON or YAML: a request for each operation'
insomnia\t'Insomnia\'s exports: version 4 in JSON, version 5 in YAML'
http-file\t'A .http file, as editors run it'"
complete -c sign -n "__fish_sign_using_subcommand none" -l folder -d 'Take the requests of this folder alone' -r
complete -c sign -n "__fish_sign_using_subcommand none" -l name -d 'Take the request with this name alone' -r
complete -c sign -n "__fish_sign_using_subcommand none" -l to -d 'Output format' -r -f -a "json\t'One HAR request object per line'
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
complete -c sign -n "__fish_sign_using_subcommand none" -l body-dir -d 'Folder for the bodies that --to curl-config cannot hold' -r -F
complete -c sign -n "__fish_sign_using_subcommand none" -l out -d 'Folder for --to postman and --to opencollection' -r -F
complete -c sign -n "__fish_sign_using_subcommand none" -l var -d 'Replace {{NAME}} by VALUE' -r
complete -c sign -n "__fish_sign_using_subcommand none" -l env-file -d 'Take values of {{NAME}} from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand none" -l globals -d 'Take values that nothing else has from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand none" -l data -d 'Repeat all requests for each row of this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand none" -l retry -d 'Try up to N times more when the network fails' -r
complete -c sign -n "__fish_sign_using_subcommand none" -l retry-delay -d 'Wait this long before each further try' -r
complete -c sign -n "__fish_sign_using_subcommand none" -l max-filesize -d 'Refuse a response that is longer' -r
complete -c sign -n "__fish_sign_using_subcommand none" -s m -l max-time -d 'Give up on a server after this long' -r
complete -c sign -n "__fish_sign_using_subcommand none" -l connect-timeout -d 'Give up on connecting after this long' -r
complete -c sign -n "__fish_sign_using_subcommand none" -s x -l proxy -d 'Go through this proxy' -r
complete -c sign -n "__fish_sign_using_subcommand none" -l cacert -d 'Trust the certificates in this PEM file too' -r -F
complete -c sign -n "__fish_sign_using_subcommand none" -l cert -d 'Our certificate, for servers that ask' -r -F
complete -c sign -n "__fish_sign_using_subcommand none" -l cert-key -d 'The private key of --cert' -r -F
complete -c sign -n "__fish_sign_using_subcommand none" -l now -d 'Sign as if it were this time: RFC 3339, or @SECONDS since 1970' -r
complete -c sign -n "__fish_sign_using_subcommand none" -l nonce -d 'Use this nonce instead of a random one' -r
complete -c sign -n "__fish_sign_using_subcommand none" -l auth -d 'Give every request this Postman auth object' -r -F
complete -c sign -n "__fish_sign_using_subcommand none" -s j -l jobs -d 'Work with N threads' -r
complete -c sign -n "__fish_sign_using_subcommand none" -s q -l quiet -d 'Print only errors on stderr'
complete -c sign -n "__fish_sign_using_subcommand none" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c sign -n "__fish_sign_using_subcommand none" -s h -l help -d 'Print help'
complete -c sign -n "__fish_sign_using_subcommand none" -s V -l version -d 'Print the version'
complete -c sign -n "__fish_sign_using_subcommand none" -l allow-files -d 'Let the input name files to read'
complete -c sign -n "__fish_sign_using_subcommand none" -l strict -d 'Stop at the first line that fails'
complete -c sign -n "__fish_sign_using_subcommand none" -l allow-partial -d 'Take bodies of which a part is missing'
complete -c sign -n "__fish_sign_using_subcommand none" -l allow-unresolved -d 'Keep {{NAME}} if nothing defines it'
complete -c sign -n "__fish_sign_using_subcommand none" -l send -d 'Send each request'
complete -c sign -n "__fish_sign_using_subcommand none" -l fail -d 'Take a status of 400 and above for a failure'
complete -c sign -n "__fish_sign_using_subcommand none" -l no-retry -d 'Take the first response'
complete -c sign -n "__fish_sign_using_subcommand none" -s L -l location -d 'Follow redirects'
complete -c sign -n "__fish_sign_using_subcommand none" -l allow-http -d 'Send secrets over plain http too'
complete -c sign -n "__fish_sign_using_subcommand none" -s k -l insecure -d 'Do not verify servers\' certificates'
complete -c sign -n "__fish_sign_using_subcommand none" -l allow-host -d 'Sign a Host header that is not the URL\'s'
complete -c sign -n "__fish_sign_using_subcommand none" -l explain -d 'Write each step of a signature to stderr'
complete -c sign -n "__fish_sign_using_subcommand noauth" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sign -n "__fish_sign_using_subcommand noauth" -l from -d 'Input format' -r -f -a "auto\t'Detect the format of each document'
har\t'HAR 1.2: a request object, an entry or a whole file; also requests written by hand'
curl\t'curl command lines, as browsers copy them'
vegeta\t'Targets of vegeta (`header` a map of lists, `body` in base64)'
url\t'One URL per line; sent as GET'
postman\t'Postman\'s collections: a file (version 2), or the folder of one (version 3)'
opencollection\t'A folder of OpenCollection or .bru files, as Bruno writes it'
openapi\t'OpenAPI 3 in JSON or YAML: a request for each operation'
insomnia\t'Insomnia\'s exports: version 4 in JSON, version 5 in YAML'
http-file\t'A .http file, as editors run it'"
complete -c sign -n "__fish_sign_using_subcommand noauth" -l folder -d 'Take the requests of this folder alone' -r
complete -c sign -n "__fish_sign_using_subcommand noauth" -l name -d 'Take the request with this name alone' -r
complete -c sign -n "__fish_sign_using_subcommand noauth" -l to -d 'Output format' -r -f -a "json\t'One HAR request object per line'
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
complete -c sign -n "__fish_sign_using_subcommand noauth" -l body-dir -d 'Folder for the bodies that --to curl-config cannot hold' -r -F
complete -c sign -n "__fish_sign_using_subcommand noauth" -l out -d 'Folder for --to postman and --to opencollection' -r -F
complete -c sign -n "__fish_sign_using_subcommand noauth" -l var -d 'Replace {{NAME}} by VALUE' -r
complete -c sign -n "__fish_sign_using_subcommand noauth" -l env-file -d 'Take values of {{NAME}} from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand noauth" -l globals -d 'Take values that nothing else has from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand noauth" -l data -d 'Repeat all requests for each row of this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand noauth" -l retry -d 'Try up to N times more when the network fails' -r
complete -c sign -n "__fish_sign_using_subcommand noauth" -l retry-delay -d 'Wait this long before each further try' -r
complete -c sign -n "__fish_sign_using_subcommand noauth" -l max-filesize -d 'Refuse a response that is longer' -r
complete -c sign -n "__fish_sign_using_subcommand noauth" -s m -l max-time -d 'Give up on a server after this long' -r
complete -c sign -n "__fish_sign_using_subcommand noauth" -l connect-timeout -d 'Give up on connecting after this long' -r
complete -c sign -n "__fish_sign_using_subcommand noauth" -s x -l proxy -d 'Go through this proxy' -r
complete -c sign -n "__fish_sign_using_subcommand noauth" -l cacert -d 'Trust the certificates in this PEM file too' -r -F
complete -c sign -n "__fish_sign_using_subcommand noauth" -l cert -d 'Our certificate, for servers that ask' -r -F
complete -c sign -n "__fish_sign_using_subcommand noauth" -l cert-key -d 'The private key of --cert' -r -F
complete -c sign -n "__fish_sign_using_subcommand noauth" -l now -d 'Sign as if it were this time: RFC 3339, or @SECONDS since 1970' -r
complete -c sign -n "__fish_sign_using_subcommand noauth" -l nonce -d 'Use this nonce instead of a random one' -r
complete -c sign -n "__fish_sign_using_subcommand noauth" -l auth -d 'Give every request this Postman auth object' -r -F
complete -c sign -n "__fish_sign_using_subcommand noauth" -s j -l jobs -d 'Work with N threads' -r
complete -c sign -n "__fish_sign_using_subcommand noauth" -s q -l quiet -d 'Print only errors on stderr'
complete -c sign -n "__fish_sign_using_subcommand noauth" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c sign -n "__fish_sign_using_subcommand noauth" -s h -l help -d 'Print help'
complete -c sign -n "__fish_sign_using_subcommand noauth" -s V -l version -d 'Print the version'
complete -c sign -n "__fish_sign_using_subcommand noauth" -l allow-files -d 'Let the input name files to read'
complete -c sign -n "__fish_sign_using_subcommand noauth" -l strict -d 'Stop at the first line that fails'
complete -c sign -n "__fish_sign_using_subcommand noauth" -l allow-partial -d 'Take bodies of which a part is missing'
complete -c sign -n "__fish_sign_using_subcommand noauth" -l allow-unresolved -d 'Keep {{NAME}} if nothing defines it'
complete -c sign -n "__fish_sign_using_subcommand noauth" -l send -d 'Send each request'
complete -c sign -n "__fish_sign_using_subcommand noauth" -l fail -d 'Take a status of 400 and above for a failure'
complete -c sign -n "__fish_sign_using_subcommand noauth" -l no-retry -d 'Take the first response'
complete -c sign -n "__fish_sign_using_subcommand noauth" -s L -l location -d 'Follow redirects'
complete -c sign -n "__fish_sign_using_subcommand noauth" -l allow-http -d 'Send secrets over plain http too'
complete -c sign -n "__fish_sign_using_subcommand noauth" -s k -l insecure -d 'Do not verify servers\' certificates'
complete -c sign -n "__fish_sign_using_subcommand noauth" -l allow-host -d 'Sign a Host header that is not the URL\'s'
complete -c sign -n "__fish_sign_using_subcommand noauth" -l explain -d 'Write each step of a signature to stderr'
complete -c sign -n "__fish_sign_using_subcommand apikey" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sign -n "__fish_sign_using_subcommand apikey" -l key -d 'The name of the header or query parameter' -r
complete -c sign -n "__fish_sign_using_subcommand apikey" -l value -d 'The key itself' -r
complete -c sign -n "__fish_sign_using_subcommand apikey" -l in -d 'The place of the key' -r -f -a "header\t''
query\t''"
complete -c sign -n "__fish_sign_using_subcommand apikey" -l from -d 'Input format' -r -f -a "auto\t'Detect the format of each document'
har\t'HAR 1.2: a request object, an entry or a whole file; also requests written by hand'
curl\t'curl command lines, as browsers copy them'
vegeta\t'Targets of vegeta (`header` a map of lists, `body` in base64)'
url\t'One URL per line; sent as GET'
postman\t'Postman\'s collections: a file (version 2), or the folder of one (version 3)'
opencollection\t'A folder of OpenCollection or .bru files, as Bruno writes it'
openapi\t'OpenAPI 3 in JSON or YAML: a request for each operation'
insomnia\t'Insomnia\'s exports: version 4 in JSON, version 5 in YAML'
http-file\t'A .http file, as editors run it'"
complete -c sign -n "__fish_sign_using_subcommand apikey" -l folder -d 'Take the requests of this folder alone' -r
complete -c sign -n "__fish_sign_using_subcommand apikey" -l name -d 'Take the request with this name alone' -r
complete -c sign -n "__fish_sign_using_subcommand apikey" -l to -d 'Output format' -r -f -a "json\t'One HAR request object per line'
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
complete -c sign -n "__fish_sign_using_subcommand apikey" -l body-dir -d 'Folder for the bodies that --to curl-config cannot hold' -r -F
complete -c sign -n "__fish_sign_using_subcommand apikey" -l out -d 'Folder for --to postman and --to opencollection' -r -F
complete -c sign -n "__fish_sign_using_subcommand apikey" -l var -d 'Replace {{NAME}} by VALUE' -r
complete -c sign -n "__fish_sign_using_subcommand apikey" -l env-file -d 'Take values of {{NAME}} from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand apikey" -l globals -d 'Take values that nothing else has from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand apikey" -l data -d 'Repeat all requests for each row of this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand apikey" -l retry -d 'Try up to N times more when the network fails' -r
complete -c sign -n "__fish_sign_using_subcommand apikey" -l retry-delay -d 'Wait this long before each further try' -r
complete -c sign -n "__fish_sign_using_subcommand apikey" -l max-filesize -d 'Refuse a response that is longer' -r
complete -c sign -n "__fish_sign_using_subcommand apikey" -s m -l max-time -d 'Give up on a server after this long' -r
complete -c sign -n "__fish_sign_using_subcommand apikey" -l connect-timeout -d 'Give up on connecting after this long' -r
complete -c sign -n "__fish_sign_using_subcommand apikey" -s x -l proxy -d 'Go through this proxy' -r
complete -c sign -n "__fish_sign_using_subcommand apikey" -l cacert -d 'Trust the certificates in this PEM file too' -r -F
complete -c sign -n "__fish_sign_using_subcommand apikey" -l cert -d 'Our certificate, for servers that ask' -r -F
complete -c sign -n "__fish_sign_using_subcommand apikey" -l cert-key -d 'The private key of --cert' -r -F
complete -c sign -n "__fish_sign_using_subcommand apikey" -l now -d 'Sign as if it were this time: RFC 3339, or @SECONDS since 1970' -r
complete -c sign -n "__fish_sign_using_subcommand apikey" -l nonce -d 'Use this nonce instead of a random one' -r
complete -c sign -n "__fish_sign_using_subcommand apikey" -l auth -d 'Give every request this Postman auth object' -r -F
complete -c sign -n "__fish_sign_using_subcommand apikey" -s j -l jobs -d 'Work with N threads' -r
complete -c sign -n "__fish_sign_using_subcommand apikey" -s q -l quiet -d 'Print only errors on stderr'
complete -c sign -n "__fish_sign_using_subcommand apikey" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c sign -n "__fish_sign_using_subcommand apikey" -s h -l help -d 'Print help'
complete -c sign -n "__fish_sign_using_subcommand apikey" -s V -l version -d 'Print the version'
complete -c sign -n "__fish_sign_using_subcommand apikey" -l allow-files -d 'Let the input name files to read'
complete -c sign -n "__fish_sign_using_subcommand apikey" -l strict -d 'Stop at the first line that fails'
complete -c sign -n "__fish_sign_using_subcommand apikey" -l allow-partial -d 'Take bodies of which a part is missing'
complete -c sign -n "__fish_sign_using_subcommand apikey" -l allow-unresolved -d 'Keep {{NAME}} if nothing defines it'
complete -c sign -n "__fish_sign_using_subcommand apikey" -l send -d 'Send each request'
complete -c sign -n "__fish_sign_using_subcommand apikey" -l fail -d 'Take a status of 400 and above for a failure'
complete -c sign -n "__fish_sign_using_subcommand apikey" -l no-retry -d 'Take the first response'
complete -c sign -n "__fish_sign_using_subcommand apikey" -s L -l location -d 'Follow redirects'
complete -c sign -n "__fish_sign_using_subcommand apikey" -l allow-http -d 'Send secrets over plain http too'
complete -c sign -n "__fish_sign_using_subcommand apikey" -s k -l insecure -d 'Do not verify servers\' certificates'
complete -c sign -n "__fish_sign_using_subcommand apikey" -l allow-host -d 'Sign a Host header that is not the URL\'s'
complete -c sign -n "__fish_sign_using_subcommand apikey" -l explain -d 'Write each step of a signature to stderr'
complete -c sign -n "__fish_sign_using_subcommand bearer" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sign -n "__fish_sign_using_subcommand bearer" -l token -d 'The token' -r
complete -c sign -n "__fish_sign_using_subcommand bearer" -l netrc -d 'Take what is not given from ~/.netrc' -r
complete -c sign -n "__fish_sign_using_subcommand bearer" -l netrc-file -d 'Like --netrc, from this file' -r
complete -c sign -n "__fish_sign_using_subcommand bearer" -l from -d 'Input format' -r -f -a "auto\t'Detect the format of each document'
har\t'HAR 1.2: a request object, an entry or a whole file; also requests written by hand'
curl\t'curl command lines, as browsers copy them'
vegeta\t'Targets of vegeta (`header` a map of lists, `body` in base64)'
url\t'One URL per line; sent as GET'
postman\t'Postman\'s collections: a file (version 2), or the folder of one (version 3)'
opencollection\t'A folder of OpenCollection or .bru files, as Bruno writes it'
openapi\t'OpenAPI 3 in JSON or YAML: a request for each operation'
insomnia\t'Insomnia\'s exports: version 4 in JSON, version 5 in YAML'
http-file\t'A .http file, as editors run it'"
complete -c sign -n "__fish_sign_using_subcommand bearer" -l folder -d 'Take the requests of this folder alone' -r
complete -c sign -n "__fish_sign_using_subcommand bearer" -l name -d 'Take the request with this name alone' -r
complete -c sign -n "__fish_sign_using_subcommand bearer" -l to -d 'Output format' -r -f -a "json\t'One HAR request object per line'
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
complete -c sign -n "__fish_sign_using_subcommand bearer" -l body-dir -d 'Folder for the bodies that --to curl-config cannot hold' -r -F
complete -c sign -n "__fish_sign_using_subcommand bearer" -l out -d 'Folder for --to postman and --to opencollection' -r -F
complete -c sign -n "__fish_sign_using_subcommand bearer" -l var -d 'Replace {{NAME}} by VALUE' -r
complete -c sign -n "__fish_sign_using_subcommand bearer" -l env-file -d 'Take values of {{NAME}} from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand bearer" -l globals -d 'Take values that nothing else has from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand bearer" -l data -d 'Repeat all requests for each row of this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand bearer" -l retry -d 'Try up to N times more when the network fails' -r
complete -c sign -n "__fish_sign_using_subcommand bearer" -l retry-delay -d 'Wait this long before each further try' -r
complete -c sign -n "__fish_sign_using_subcommand bearer" -l max-filesize -d 'Refuse a response that is longer' -r
complete -c sign -n "__fish_sign_using_subcommand bearer" -s m -l max-time -d 'Give up on a server after this long' -r
complete -c sign -n "__fish_sign_using_subcommand bearer" -l connect-timeout -d 'Give up on connecting after this long' -r
complete -c sign -n "__fish_sign_using_subcommand bearer" -s x -l proxy -d 'Go through this proxy' -r
complete -c sign -n "__fish_sign_using_subcommand bearer" -l cacert -d 'Trust the certificates in this PEM file too' -r -F
complete -c sign -n "__fish_sign_using_subcommand bearer" -l cert -d 'Our certificate, for servers that ask' -r -F
complete -c sign -n "__fish_sign_using_subcommand bearer" -l cert-key -d 'The private key of --cert' -r -F
complete -c sign -n "__fish_sign_using_subcommand bearer" -l now -d 'Sign as if it were this time: RFC 3339, or @SECONDS since 1970' -r
complete -c sign -n "__fish_sign_using_subcommand bearer" -l nonce -d 'Use this nonce instead of a random one' -r
complete -c sign -n "__fish_sign_using_subcommand bearer" -l auth -d 'Give every request this Postman auth object' -r -F
complete -c sign -n "__fish_sign_using_subcommand bearer" -s j -l jobs -d 'Work with N threads' -r
complete -c sign -n "__fish_sign_using_subcommand bearer" -s q -l quiet -d 'Print only errors on stderr'
complete -c sign -n "__fish_sign_using_subcommand bearer" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c sign -n "__fish_sign_using_subcommand bearer" -s h -l help -d 'Print help'
complete -c sign -n "__fish_sign_using_subcommand bearer" -s V -l version -d 'Print the version'
complete -c sign -n "__fish_sign_using_subcommand bearer" -l allow-files -d 'Let the input name files to read'
complete -c sign -n "__fish_sign_using_subcommand bearer" -l strict -d 'Stop at the first line that fails'
complete -c sign -n "__fish_sign_using_subcommand bearer" -l allow-partial -d 'Take bodies of which a part is missing'
complete -c sign -n "__fish_sign_using_subcommand bearer" -l allow-unresolved -d 'Keep {{NAME}} if nothing defines it'
complete -c sign -n "__fish_sign_using_subcommand bearer" -l send -d 'Send each request'
complete -c sign -n "__fish_sign_using_subcommand bearer" -l fail -d 'Take a status of 400 and above for a failure'
complete -c sign -n "__fish_sign_using_subcommand bearer" -l no-retry -d 'Take the first response'
complete -c sign -n "__fish_sign_using_subcommand bearer" -s L -l location -d 'Follow redirects'
complete -c sign -n "__fish_sign_using_subcommand bearer" -l allow-http -d 'Send secrets over plain http too'
complete -c sign -n "__fish_sign_using_subcommand bearer" -s k -l insecure -d 'Do not verify servers\' certificates'
complete -c sign -n "__fish_sign_using_subcommand bearer" -l allow-host -d 'Sign a Host header that is not the URL\'s'
complete -c sign -n "__fish_sign_using_subcommand bearer" -l explain -d 'Write each step of a signature to stderr'
complete -c sign -n "__fish_sign_using_subcommand basic" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sign -n "__fish_sign_using_subcommand basic" -l username -d 'The user name' -r
complete -c sign -n "__fish_sign_using_subcommand basic" -l password -d 'The password' -r
complete -c sign -n "__fish_sign_using_subcommand basic" -l netrc -d 'Take what is not given from ~/.netrc' -r
complete -c sign -n "__fish_sign_using_subcommand basic" -l netrc-file -d 'Like --netrc, from this file' -r
complete -c sign -n "__fish_sign_using_subcommand basic" -l from -d 'Input format' -r -f -a "auto\t'Detect the format of each document'
har\t'HAR 1.2: a request object, an entry or a whole file; also requests written by hand'
curl\t'curl command lines, as browsers copy them'
vegeta\t'Targets of vegeta (`header` a map of lists, `body` in base64)'
url\t'One URL per line; sent as GET'
postman\t'Postman\'s collections: a file (version 2), or the folder of one (version 3)'
opencollection\t'A folder of OpenCollection or .bru files, as Bruno writes it'
openapi\t'OpenAPI 3 in JSON or YAML: a request for each operation'
insomnia\t'Insomnia\'s exports: version 4 in JSON, version 5 in YAML'
http-file\t'A .http file, as editors run it'"
complete -c sign -n "__fish_sign_using_subcommand basic" -l folder -d 'Take the requests of this folder alone' -r
complete -c sign -n "__fish_sign_using_subcommand basic" -l name -d 'Take the request with this name alone' -r
complete -c sign -n "__fish_sign_using_subcommand basic" -l to -d 'Output format' -r -f -a "json\t'One HAR request object per line'
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
complete -c sign -n "__fish_sign_using_subcommand basic" -l body-dir -d 'Folder for the bodies that --to curl-config cannot hold' -r -F
complete -c sign -n "__fish_sign_using_subcommand basic" -l out -d 'Folder for --to postman and --to opencollection' -r -F
complete -c sign -n "__fish_sign_using_subcommand basic" -l var -d 'Replace {{NAME}} by VALUE' -r
complete -c sign -n "__fish_sign_using_subcommand basic" -l env-file -d 'Take values of {{NAME}} from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand basic" -l globals -d 'Take values that nothing else has from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand basic" -l data -d 'Repeat all requests for each row of this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand basic" -l retry -d 'Try up to N times more when the network fails' -r
complete -c sign -n "__fish_sign_using_subcommand basic" -l retry-delay -d 'Wait this long before each further try' -r
complete -c sign -n "__fish_sign_using_subcommand basic" -l max-filesize -d 'Refuse a response that is longer' -r
complete -c sign -n "__fish_sign_using_subcommand basic" -s m -l max-time -d 'Give up on a server after this long' -r
complete -c sign -n "__fish_sign_using_subcommand basic" -l connect-timeout -d 'Give up on connecting after this long' -r
complete -c sign -n "__fish_sign_using_subcommand basic" -s x -l proxy -d 'Go through this proxy' -r
complete -c sign -n "__fish_sign_using_subcommand basic" -l cacert -d 'Trust the certificates in this PEM file too' -r -F
complete -c sign -n "__fish_sign_using_subcommand basic" -l cert -d 'Our certificate, for servers that ask' -r -F
complete -c sign -n "__fish_sign_using_subcommand basic" -l cert-key -d 'The private key of --cert' -r -F
complete -c sign -n "__fish_sign_using_subcommand basic" -l now -d 'Sign as if it were this time: RFC 3339, or @SECONDS since 1970' -r
complete -c sign -n "__fish_sign_using_subcommand basic" -l nonce -d 'Use this nonce instead of a random one' -r
complete -c sign -n "__fish_sign_using_subcommand basic" -l auth -d 'Give every request this Postman auth object' -r -F
complete -c sign -n "__fish_sign_using_subcommand basic" -s j -l jobs -d 'Work with N threads' -r
complete -c sign -n "__fish_sign_using_subcommand basic" -s q -l quiet -d 'Print only errors on stderr'
complete -c sign -n "__fish_sign_using_subcommand basic" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c sign -n "__fish_sign_using_subcommand basic" -s h -l help -d 'Print help'
complete -c sign -n "__fish_sign_using_subcommand basic" -s V -l version -d 'Print the version'
complete -c sign -n "__fish_sign_using_subcommand basic" -l allow-files -d 'Let the input name files to read'
complete -c sign -n "__fish_sign_using_subcommand basic" -l strict -d 'Stop at the first line that fails'
complete -c sign -n "__fish_sign_using_subcommand basic" -l allow-partial -d 'Take bodies of which a part is missing'
complete -c sign -n "__fish_sign_using_subcommand basic" -l allow-unresolved -d 'Keep {{NAME}} if nothing defines it'
complete -c sign -n "__fish_sign_using_subcommand basic" -l send -d 'Send each request'
complete -c sign -n "__fish_sign_using_subcommand basic" -l fail -d 'Take a status of 400 and above for a failure'
complete -c sign -n "__fish_sign_using_subcommand basic" -l no-retry -d 'Take the first response'
complete -c sign -n "__fish_sign_using_subcommand basic" -s L -l location -d 'Follow redirects'
complete -c sign -n "__fish_sign_using_subcommand basic" -l allow-http -d 'Send secrets over plain http too'
complete -c sign -n "__fish_sign_using_subcommand basic" -s k -l insecure -d 'Do not verify servers\' certificates'
complete -c sign -n "__fish_sign_using_subcommand basic" -l allow-host -d 'Sign a Host header that is not the URL\'s'
complete -c sign -n "__fish_sign_using_subcommand basic" -l explain -d 'Write each step of a signature to stderr'
complete -c sign -n "__fish_sign_using_subcommand digest" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sign -n "__fish_sign_using_subcommand digest" -l username -d 'The user name' -r
complete -c sign -n "__fish_sign_using_subcommand digest" -l password -d 'The password' -r
complete -c sign -n "__fish_sign_using_subcommand digest" -l realm -d 'The realm' -r
complete -c sign -n "__fish_sign_using_subcommand digest" -l algorithm -d 'The algorithm' -r -f -a "MD5\t''
MD5-sess\t''
SHA-256\t''
SHA-256-sess\t''
SHA-512-256\t''
SHA-512-256-sess\t''"
complete -c sign -n "__fish_sign_using_subcommand digest" -l qop -d 'The quality of protection' -r -f -a "auth\t''
auth-int\t''"
complete -c sign -n "__fish_sign_using_subcommand digest" -l nonce-count -d 'The count of the first request, in hex' -r
complete -c sign -n "__fish_sign_using_subcommand digest" -l client-nonce -d 'The client\'s nonce' -r
complete -c sign -n "__fish_sign_using_subcommand digest" -l opaque -d 'The value that the server wants back' -r
complete -c sign -n "__fish_sign_using_subcommand digest" -l disable-retry-request -d 'Answer no challenge of the server' -r
complete -c sign -n "__fish_sign_using_subcommand digest" -l from -d 'Input format' -r -f -a "auto\t'Detect the format of each document'
har\t'HAR 1.2: a request object, an entry or a whole file; also requests written by hand'
curl\t'curl command lines, as browsers copy them'
vegeta\t'Targets of vegeta (`header` a map of lists, `body` in base64)'
url\t'One URL per line; sent as GET'
postman\t'Postman\'s collections: a file (version 2), or the folder of one (version 3)'
opencollection\t'A folder of OpenCollection or .bru files, as Bruno writes it'
openapi\t'OpenAPI 3 in JSON or YAML: a request for each operation'
insomnia\t'Insomnia\'s exports: version 4 in JSON, version 5 in YAML'
http-file\t'A .http file, as editors run it'"
complete -c sign -n "__fish_sign_using_subcommand digest" -l folder -d 'Take the requests of this folder alone' -r
complete -c sign -n "__fish_sign_using_subcommand digest" -l name -d 'Take the request with this name alone' -r
complete -c sign -n "__fish_sign_using_subcommand digest" -l to -d 'Output format' -r -f -a "json\t'One HAR request object per line'
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
complete -c sign -n "__fish_sign_using_subcommand digest" -l body-dir -d 'Folder for the bodies that --to curl-config cannot hold' -r -F
complete -c sign -n "__fish_sign_using_subcommand digest" -l out -d 'Folder for --to postman and --to opencollection' -r -F
complete -c sign -n "__fish_sign_using_subcommand digest" -l var -d 'Replace {{NAME}} by VALUE' -r
complete -c sign -n "__fish_sign_using_subcommand digest" -l env-file -d 'Take values of {{NAME}} from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand digest" -l globals -d 'Take values that nothing else has from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand digest" -l data -d 'Repeat all requests for each row of this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand digest" -l retry -d 'Try up to N times more when the network fails' -r
complete -c sign -n "__fish_sign_using_subcommand digest" -l retry-delay -d 'Wait this long before each further try' -r
complete -c sign -n "__fish_sign_using_subcommand digest" -l max-filesize -d 'Refuse a response that is longer' -r
complete -c sign -n "__fish_sign_using_subcommand digest" -s m -l max-time -d 'Give up on a server after this long' -r
complete -c sign -n "__fish_sign_using_subcommand digest" -l connect-timeout -d 'Give up on connecting after this long' -r
complete -c sign -n "__fish_sign_using_subcommand digest" -s x -l proxy -d 'Go through this proxy' -r
complete -c sign -n "__fish_sign_using_subcommand digest" -l cacert -d 'Trust the certificates in this PEM file too' -r -F
complete -c sign -n "__fish_sign_using_subcommand digest" -l cert -d 'Our certificate, for servers that ask' -r -F
complete -c sign -n "__fish_sign_using_subcommand digest" -l cert-key -d 'The private key of --cert' -r -F
complete -c sign -n "__fish_sign_using_subcommand digest" -l now -d 'Sign as if it were this time: RFC 3339, or @SECONDS since 1970' -r
complete -c sign -n "__fish_sign_using_subcommand digest" -l auth -d 'Give every request this Postman auth object' -r -F
complete -c sign -n "__fish_sign_using_subcommand digest" -s j -l jobs -d 'Work with N threads' -r
complete -c sign -n "__fish_sign_using_subcommand digest" -l nonce -d 'The server\'s nonce, if there is a realm' -r
complete -c sign -n "__fish_sign_using_subcommand digest" -l challenge -d 'Answer this WWW-Authenticate value' -r
complete -c sign -n "__fish_sign_using_subcommand digest" -s q -l quiet -d 'Print only errors on stderr'
complete -c sign -n "__fish_sign_using_subcommand digest" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c sign -n "__fish_sign_using_subcommand digest" -s h -l help -d 'Print help'
complete -c sign -n "__fish_sign_using_subcommand digest" -s V -l version -d 'Print the version'
complete -c sign -n "__fish_sign_using_subcommand digest" -l allow-files -d 'Let the input name files to read'
complete -c sign -n "__fish_sign_using_subcommand digest" -l strict -d 'Stop at the first line that fails'
complete -c sign -n "__fish_sign_using_subcommand digest" -l allow-partial -d 'Take bodies of which a part is missing'
complete -c sign -n "__fish_sign_using_subcommand digest" -l allow-unresolved -d 'Keep {{NAME}} if nothing defines it'
complete -c sign -n "__fish_sign_using_subcommand digest" -l send -d 'Send each request'
complete -c sign -n "__fish_sign_using_subcommand digest" -l fail -d 'Take a status of 400 and above for a failure'
complete -c sign -n "__fish_sign_using_subcommand digest" -l no-retry -d 'Take the first response'
complete -c sign -n "__fish_sign_using_subcommand digest" -s L -l location -d 'Follow redirects'
complete -c sign -n "__fish_sign_using_subcommand digest" -l allow-http -d 'Send secrets over plain http too'
complete -c sign -n "__fish_sign_using_subcommand digest" -s k -l insecure -d 'Do not verify servers\' certificates'
complete -c sign -n "__fish_sign_using_subcommand digest" -l allow-host -d 'Sign a Host header that is not the URL\'s'
complete -c sign -n "__fish_sign_using_subcommand digest" -l explain -d 'Write each step of a signature to stderr'
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l signature-method -d 'The signature method' -r -f -a "HMAC-SHA1\t''
HMAC-SHA256\t''
HMAC-SHA512\t''
RSA-SHA1\t''
RSA-SHA256\t''
RSA-SHA512\t''
PLAINTEXT\t''"
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l consumer-key -d 'The client\'s identifier' -r
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l consumer-secret -d 'The client\'s secret' -r
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l token -d 'The token' -r
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l token-secret -d 'The token\'s secret' -r
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l token-name -d 'The token that oauth-token keeps under this name' -r
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l store -d 'The credential helper that keeps the token' -r
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l private-key -d 'The client\'s RSA key in PEM' -r
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l callback -d 'The URL that the user comes back to' -r
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l verifier -d 'The code that the user brought back' -r
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l timestamp -d 'Seconds since 1970' -r
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l version -d 'The version' -r
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l realm -d 'The realm' -r
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l include-body-hash -d 'Sign a hash of the body (oauth_body_hash)' -r
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l add-empty-params-to-sign -d 'Sign empty parameters too' -r
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l add-params-to-header -d 'Sign in the Authorization header' -r
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l disable-header-encoding -d 'Leave the header\'s values unencoded' -r
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l from -d 'Input format' -r -f -a "auto\t'Detect the format of each document'
har\t'HAR 1.2: a request object, an entry or a whole file; also requests written by hand'
curl\t'curl command lines, as browsers copy them'
vegeta\t'Targets of vegeta (`header` a map of lists, `body` in base64)'
url\t'One URL per line; sent as GET'
postman\t'Postman\'s collections: a file (version 2), or the folder of one (version 3)'
opencollection\t'A folder of OpenCollection or .bru files, as Bruno writes it'
openapi\t'OpenAPI 3 in JSON or YAML: a request for each operation'
insomnia\t'Insomnia\'s exports: version 4 in JSON, version 5 in YAML'
http-file\t'A .http file, as editors run it'"
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l folder -d 'Take the requests of this folder alone' -r
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l name -d 'Take the request with this name alone' -r
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l to -d 'Output format' -r -f -a "json\t'One HAR request object per line'
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
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l body-dir -d 'Folder for the bodies that --to curl-config cannot hold' -r -F
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l out -d 'Folder for --to postman and --to opencollection' -r -F
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l var -d 'Replace {{NAME}} by VALUE' -r
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l env-file -d 'Take values of {{NAME}} from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l globals -d 'Take values that nothing else has from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l data -d 'Repeat all requests for each row of this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l retry -d 'Try up to N times more when the network fails' -r
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l retry-delay -d 'Wait this long before each further try' -r
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l max-filesize -d 'Refuse a response that is longer' -r
complete -c sign -n "__fish_sign_using_subcommand oauth1" -s m -l max-time -d 'Give up on a server after this long' -r
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l connect-timeout -d 'Give up on connecting after this long' -r
complete -c sign -n "__fish_sign_using_subcommand oauth1" -s x -l proxy -d 'Go through this proxy' -r
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l cacert -d 'Trust the certificates in this PEM file too' -r -F
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l cert -d 'Our certificate, for servers that ask' -r -F
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l cert-key -d 'The private key of --cert' -r -F
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l now -d 'Sign as if it were this time: RFC 3339, or @SECONDS since 1970' -r
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l auth -d 'Give every request this Postman auth object' -r -F
complete -c sign -n "__fish_sign_using_subcommand oauth1" -s j -l jobs -d 'Work with N threads' -r
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l nonce -d 'The nonce' -r
complete -c sign -n "__fish_sign_using_subcommand oauth1" -s q -l quiet -d 'Print only errors on stderr'
complete -c sign -n "__fish_sign_using_subcommand oauth1" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c sign -n "__fish_sign_using_subcommand oauth1" -s h -l help -d 'Print help'
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l allow-files -d 'Let the input name files to read'
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l strict -d 'Stop at the first line that fails'
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l allow-partial -d 'Take bodies of which a part is missing'
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l allow-unresolved -d 'Keep {{NAME}} if nothing defines it'
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l send -d 'Send each request'
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l fail -d 'Take a status of 400 and above for a failure'
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l no-retry -d 'Take the first response'
complete -c sign -n "__fish_sign_using_subcommand oauth1" -s L -l location -d 'Follow redirects'
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l allow-http -d 'Send secrets over plain http too'
complete -c sign -n "__fish_sign_using_subcommand oauth1" -s k -l insecure -d 'Do not verify servers\' certificates'
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l allow-host -d 'Sign a Host header that is not the URL\'s'
complete -c sign -n "__fish_sign_using_subcommand oauth1" -l explain -d 'Write each step of a signature to stderr'
complete -c sign -n "__fish_sign_using_subcommand oauth2" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sign -n "__fish_sign_using_subcommand oauth2" -l access-token -d 'The access token' -r
complete -c sign -n "__fish_sign_using_subcommand oauth2" -l token-name -d 'The token that oauth-token keeps under this name' -r
complete -c sign -n "__fish_sign_using_subcommand oauth2" -l store -d 'The credential helper that keeps the token' -r
complete -c sign -n "__fish_sign_using_subcommand oauth2" -l add-token-to -d 'The place of the token' -r -f -a "header\t''
queryParams\t''"
complete -c sign -n "__fish_sign_using_subcommand oauth2" -l header-prefix -d 'The word before the token' -r
complete -c sign -n "__fish_sign_using_subcommand oauth2" -l token-type -d 'The token\'s type' -r
complete -c sign -n "__fish_sign_using_subcommand oauth2" -l from -d 'Input format' -r -f -a "auto\t'Detect the format of each document'
har\t'HAR 1.2: a request object, an entry or a whole file; also requests written by hand'
curl\t'curl command lines, as browsers copy them'
vegeta\t'Targets of vegeta (`header` a map of lists, `body` in base64)'
url\t'One URL per line; sent as GET'
postman\t'Postman\'s collections: a file (version 2), or the folder of one (version 3)'
opencollection\t'A folder of OpenCollection or .bru files, as Bruno writes it'
openapi\t'OpenAPI 3 in JSON or YAML: a request for each operation'
insomnia\t'Insomnia\'s exports: version 4 in JSON, version 5 in YAML'
http-file\t'A .http file, as editors run it'"
complete -c sign -n "__fish_sign_using_subcommand oauth2" -l folder -d 'Take the requests of this folder alone' -r
complete -c sign -n "__fish_sign_using_subcommand oauth2" -l name -d 'Take the request with this name alone' -r
complete -c sign -n "__fish_sign_using_subcommand oauth2" -l to -d 'Output format' -r -f -a "json\t'One HAR request object per line'
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
complete -c sign -n "__fish_sign_using_subcommand oauth2" -l body-dir -d 'Folder for the bodies that --to curl-config cannot hold' -r -F
complete -c sign -n "__fish_sign_using_subcommand oauth2" -l out -d 'Folder for --to postman and --to opencollection' -r -F
complete -c sign -n "__fish_sign_using_subcommand oauth2" -l var -d 'Replace {{NAME}} by VALUE' -r
complete -c sign -n "__fish_sign_using_subcommand oauth2" -l env-file -d 'Take values of {{NAME}} from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand oauth2" -l globals -d 'Take values that nothing else has from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand oauth2" -l data -d 'Repeat all requests for each row of this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand oauth2" -l retry -d 'Try up to N times more when the network fails' -r
complete -c sign -n "__fish_sign_using_subcommand oauth2" -l retry-delay -d 'Wait this long before each further try' -r
complete -c sign -n "__fish_sign_using_subcommand oauth2" -l max-filesize -d 'Refuse a response that is longer' -r
complete -c sign -n "__fish_sign_using_subcommand oauth2" -s m -l max-time -d 'Give up on a server after this long' -r
complete -c sign -n "__fish_sign_using_subcommand oauth2" -l connect-timeout -d 'Give up on connecting after this long' -r
complete -c sign -n "__fish_sign_using_subcommand oauth2" -s x -l proxy -d 'Go through this proxy' -r
complete -c sign -n "__fish_sign_using_subcommand oauth2" -l cacert -d 'Trust the certificates in this PEM file too' -r -F
complete -c sign -n "__fish_sign_using_subcommand oauth2" -l cert -d 'Our certificate, for servers that ask' -r -F
complete -c sign -n "__fish_sign_using_subcommand oauth2" -l cert-key -d 'The private key of --cert' -r -F
complete -c sign -n "__fish_sign_using_subcommand oauth2" -l now -d 'Sign as if it were this time: RFC 3339, or @SECONDS since 1970' -r
complete -c sign -n "__fish_sign_using_subcommand oauth2" -l nonce -d 'Use this nonce instead of a random one' -r
complete -c sign -n "__fish_sign_using_subcommand oauth2" -l auth -d 'Give every request this Postman auth object' -r -F
complete -c sign -n "__fish_sign_using_subcommand oauth2" -s j -l jobs -d 'Work with N threads' -r
complete -c sign -n "__fish_sign_using_subcommand oauth2" -s q -l quiet -d 'Print only errors on stderr'
complete -c sign -n "__fish_sign_using_subcommand oauth2" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c sign -n "__fish_sign_using_subcommand oauth2" -s h -l help -d 'Print help'
complete -c sign -n "__fish_sign_using_subcommand oauth2" -s V -l version -d 'Print the version'
complete -c sign -n "__fish_sign_using_subcommand oauth2" -l allow-files -d 'Let the input name files to read'
complete -c sign -n "__fish_sign_using_subcommand oauth2" -l strict -d 'Stop at the first line that fails'
complete -c sign -n "__fish_sign_using_subcommand oauth2" -l allow-partial -d 'Take bodies of which a part is missing'
complete -c sign -n "__fish_sign_using_subcommand oauth2" -l allow-unresolved -d 'Keep {{NAME}} if nothing defines it'
complete -c sign -n "__fish_sign_using_subcommand oauth2" -l send -d 'Send each request'
complete -c sign -n "__fish_sign_using_subcommand oauth2" -l fail -d 'Take a status of 400 and above for a failure'
complete -c sign -n "__fish_sign_using_subcommand oauth2" -l no-retry -d 'Take the first response'
complete -c sign -n "__fish_sign_using_subcommand oauth2" -s L -l location -d 'Follow redirects'
complete -c sign -n "__fish_sign_using_subcommand oauth2" -l allow-http -d 'Send secrets over plain http too'
complete -c sign -n "__fish_sign_using_subcommand oauth2" -s k -l insecure -d 'Do not verify servers\' certificates'
complete -c sign -n "__fish_sign_using_subcommand oauth2" -l allow-host -d 'Sign a Host header that is not the URL\'s'
complete -c sign -n "__fish_sign_using_subcommand oauth2" -l explain -d 'Write each step of a signature to stderr'
complete -c sign -n "__fish_sign_using_subcommand hawk" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sign -n "__fish_sign_using_subcommand hawk" -l auth-id -d 'The key\'s id' -r
complete -c sign -n "__fish_sign_using_subcommand hawk" -l auth-key -d 'The key' -r
complete -c sign -n "__fish_sign_using_subcommand hawk" -l algorithm -d 'The hash function' -r -f -a "sha256\t''
sha1\t''"
complete -c sign -n "__fish_sign_using_subcommand hawk" -l user -d 'The owner of the key' -r
complete -c sign -n "__fish_sign_using_subcommand hawk" -l extra-data -d 'The application\'s own data (ext)' -r
complete -c sign -n "__fish_sign_using_subcommand hawk" -l app -d 'The application\'s id (Oz)' -r
complete -c sign -n "__fish_sign_using_subcommand hawk" -l delegation -d 'The application that delegated (dlg)' -r
complete -c sign -n "__fish_sign_using_subcommand hawk" -l timestamp -d 'Seconds since 1970' -r
complete -c sign -n "__fish_sign_using_subcommand hawk" -l include-payload-hash -d 'Sign the body and its media type too' -r
complete -c sign -n "__fish_sign_using_subcommand hawk" -l bewit -d 'Sign the URL itself, for GET, valid for this long' -r
complete -c sign -n "__fish_sign_using_subcommand hawk" -l from -d 'Input format' -r -f -a "auto\t'Detect the format of each document'
har\t'HAR 1.2: a request object, an entry or a whole file; also requests written by hand'
curl\t'curl command lines, as browsers copy them'
vegeta\t'Targets of vegeta (`header` a map of lists, `body` in base64)'
url\t'One URL per line; sent as GET'
postman\t'Postman\'s collections: a file (version 2), or the folder of one (version 3)'
opencollection\t'A folder of OpenCollection or .bru files, as Bruno writes it'
openapi\t'OpenAPI 3 in JSON or YAML: a request for each operation'
insomnia\t'Insomnia\'s exports: version 4 in JSON, version 5 in YAML'
http-file\t'A .http file, as editors run it'"
complete -c sign -n "__fish_sign_using_subcommand hawk" -l folder -d 'Take the requests of this folder alone' -r
complete -c sign -n "__fish_sign_using_subcommand hawk" -l name -d 'Take the request with this name alone' -r
complete -c sign -n "__fish_sign_using_subcommand hawk" -l to -d 'Output format' -r -f -a "json\t'One HAR request object per line'
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
complete -c sign -n "__fish_sign_using_subcommand hawk" -l body-dir -d 'Folder for the bodies that --to curl-config cannot hold' -r -F
complete -c sign -n "__fish_sign_using_subcommand hawk" -l out -d 'Folder for --to postman and --to opencollection' -r -F
complete -c sign -n "__fish_sign_using_subcommand hawk" -l var -d 'Replace {{NAME}} by VALUE' -r
complete -c sign -n "__fish_sign_using_subcommand hawk" -l env-file -d 'Take values of {{NAME}} from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand hawk" -l globals -d 'Take values that nothing else has from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand hawk" -l data -d 'Repeat all requests for each row of this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand hawk" -l retry -d 'Try up to N times more when the network fails' -r
complete -c sign -n "__fish_sign_using_subcommand hawk" -l retry-delay -d 'Wait this long before each further try' -r
complete -c sign -n "__fish_sign_using_subcommand hawk" -l max-filesize -d 'Refuse a response that is longer' -r
complete -c sign -n "__fish_sign_using_subcommand hawk" -s m -l max-time -d 'Give up on a server after this long' -r
complete -c sign -n "__fish_sign_using_subcommand hawk" -l connect-timeout -d 'Give up on connecting after this long' -r
complete -c sign -n "__fish_sign_using_subcommand hawk" -s x -l proxy -d 'Go through this proxy' -r
complete -c sign -n "__fish_sign_using_subcommand hawk" -l cacert -d 'Trust the certificates in this PEM file too' -r -F
complete -c sign -n "__fish_sign_using_subcommand hawk" -l cert -d 'Our certificate, for servers that ask' -r -F
complete -c sign -n "__fish_sign_using_subcommand hawk" -l cert-key -d 'The private key of --cert' -r -F
complete -c sign -n "__fish_sign_using_subcommand hawk" -l now -d 'Sign as if it were this time: RFC 3339, or @SECONDS since 1970' -r
complete -c sign -n "__fish_sign_using_subcommand hawk" -l auth -d 'Give every request this Postman auth object' -r -F
complete -c sign -n "__fish_sign_using_subcommand hawk" -s j -l jobs -d 'Work with N threads' -r
complete -c sign -n "__fish_sign_using_subcommand hawk" -l nonce -d 'The nonce' -r
complete -c sign -n "__fish_sign_using_subcommand hawk" -s q -l quiet -d 'Print only errors on stderr'
complete -c sign -n "__fish_sign_using_subcommand hawk" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c sign -n "__fish_sign_using_subcommand hawk" -s h -l help -d 'Print help'
complete -c sign -n "__fish_sign_using_subcommand hawk" -s V -l version -d 'Print the version'
complete -c sign -n "__fish_sign_using_subcommand hawk" -l allow-files -d 'Let the input name files to read'
complete -c sign -n "__fish_sign_using_subcommand hawk" -l strict -d 'Stop at the first line that fails'
complete -c sign -n "__fish_sign_using_subcommand hawk" -l allow-partial -d 'Take bodies of which a part is missing'
complete -c sign -n "__fish_sign_using_subcommand hawk" -l allow-unresolved -d 'Keep {{NAME}} if nothing defines it'
complete -c sign -n "__fish_sign_using_subcommand hawk" -l send -d 'Send each request'
complete -c sign -n "__fish_sign_using_subcommand hawk" -l fail -d 'Take a status of 400 and above for a failure'
complete -c sign -n "__fish_sign_using_subcommand hawk" -l no-retry -d 'Take the first response'
complete -c sign -n "__fish_sign_using_subcommand hawk" -s L -l location -d 'Follow redirects'
complete -c sign -n "__fish_sign_using_subcommand hawk" -l allow-http -d 'Send secrets over plain http too'
complete -c sign -n "__fish_sign_using_subcommand hawk" -s k -l insecure -d 'Do not verify servers\' certificates'
complete -c sign -n "__fish_sign_using_subcommand hawk" -l allow-host -d 'Sign a Host header that is not the URL\'s'
complete -c sign -n "__fish_sign_using_subcommand hawk" -l explain -d 'Write each step of a signature to stderr'
complete -c sign -n "__fish_sign_using_subcommand aws" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sign -n "__fish_sign_using_subcommand aws" -l access-key -d 'The access key\'s id' -r
complete -c sign -n "__fish_sign_using_subcommand aws" -l secret-key -d 'The secret access key' -r
complete -c sign -n "__fish_sign_using_subcommand aws" -l session-token -d 'The token of temporary credentials' -r
complete -c sign -n "__fish_sign_using_subcommand aws" -l region -d 'The region' -r
complete -c sign -n "__fish_sign_using_subcommand aws" -l service -d 'The service, as credential scopes name it' -r
complete -c sign -n "__fish_sign_using_subcommand aws" -l add-auth-data-to-query -d 'Sign in the query, not in headers' -r
complete -c sign -n "__fish_sign_using_subcommand aws" -l expires -d 'Time for which a presigned URL is valid' -r
complete -c sign -n "__fish_sign_using_subcommand aws" -l unsigned-payload -d 'Leave the body out of the signature' -r
complete -c sign -n "__fish_sign_using_subcommand aws" -l profile -d 'The profile to take credentials from' -r
complete -c sign -n "__fish_sign_using_subcommand aws" -l metadata -d 'Ask the metadata service for credentials' -r -f -a "container\t''
instance\t''"
complete -c sign -n "__fish_sign_using_subcommand aws" -l from -d 'Input format' -r -f -a "auto\t'Detect the format of each document'
har\t'HAR 1.2: a request object, an entry or a whole file; also requests written by hand'
curl\t'curl command lines, as browsers copy them'
vegeta\t'Targets of vegeta (`header` a map of lists, `body` in base64)'
url\t'One URL per line; sent as GET'
postman\t'Postman\'s collections: a file (version 2), or the folder of one (version 3)'
opencollection\t'A folder of OpenCollection or .bru files, as Bruno writes it'
openapi\t'OpenAPI 3 in JSON or YAML: a request for each operation'
insomnia\t'Insomnia\'s exports: version 4 in JSON, version 5 in YAML'
http-file\t'A .http file, as editors run it'"
complete -c sign -n "__fish_sign_using_subcommand aws" -l folder -d 'Take the requests of this folder alone' -r
complete -c sign -n "__fish_sign_using_subcommand aws" -l name -d 'Take the request with this name alone' -r
complete -c sign -n "__fish_sign_using_subcommand aws" -l to -d 'Output format' -r -f -a "json\t'One HAR request object per line'
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
complete -c sign -n "__fish_sign_using_subcommand aws" -l body-dir -d 'Folder for the bodies that --to curl-config cannot hold' -r -F
complete -c sign -n "__fish_sign_using_subcommand aws" -l out -d 'Folder for --to postman and --to opencollection' -r -F
complete -c sign -n "__fish_sign_using_subcommand aws" -l var -d 'Replace {{NAME}} by VALUE' -r
complete -c sign -n "__fish_sign_using_subcommand aws" -l env-file -d 'Take values of {{NAME}} from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand aws" -l globals -d 'Take values that nothing else has from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand aws" -l data -d 'Repeat all requests for each row of this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand aws" -l retry -d 'Try up to N times more when the network fails' -r
complete -c sign -n "__fish_sign_using_subcommand aws" -l retry-delay -d 'Wait this long before each further try' -r
complete -c sign -n "__fish_sign_using_subcommand aws" -l max-filesize -d 'Refuse a response that is longer' -r
complete -c sign -n "__fish_sign_using_subcommand aws" -s m -l max-time -d 'Give up on a server after this long' -r
complete -c sign -n "__fish_sign_using_subcommand aws" -l connect-timeout -d 'Give up on connecting after this long' -r
complete -c sign -n "__fish_sign_using_subcommand aws" -s x -l proxy -d 'Go through this proxy' -r
complete -c sign -n "__fish_sign_using_subcommand aws" -l cacert -d 'Trust the certificates in this PEM file too' -r -F
complete -c sign -n "__fish_sign_using_subcommand aws" -l cert -d 'Our certificate, for servers that ask' -r -F
complete -c sign -n "__fish_sign_using_subcommand aws" -l cert-key -d 'The private key of --cert' -r -F
complete -c sign -n "__fish_sign_using_subcommand aws" -l now -d 'Sign as if it were this time: RFC 3339, or @SECONDS since 1970' -r
complete -c sign -n "__fish_sign_using_subcommand aws" -l nonce -d 'Use this nonce instead of a random one' -r
complete -c sign -n "__fish_sign_using_subcommand aws" -l auth -d 'Give every request this Postman auth object' -r -F
complete -c sign -n "__fish_sign_using_subcommand aws" -s j -l jobs -d 'Work with N threads' -r
complete -c sign -n "__fish_sign_using_subcommand aws" -s q -l quiet -d 'Print only errors on stderr'
complete -c sign -n "__fish_sign_using_subcommand aws" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c sign -n "__fish_sign_using_subcommand aws" -s h -l help -d 'Print help'
complete -c sign -n "__fish_sign_using_subcommand aws" -s V -l version -d 'Print the version'
complete -c sign -n "__fish_sign_using_subcommand aws" -l allow-files -d 'Let the input name files to read'
complete -c sign -n "__fish_sign_using_subcommand aws" -l strict -d 'Stop at the first line that fails'
complete -c sign -n "__fish_sign_using_subcommand aws" -l allow-partial -d 'Take bodies of which a part is missing'
complete -c sign -n "__fish_sign_using_subcommand aws" -l allow-unresolved -d 'Keep {{NAME}} if nothing defines it'
complete -c sign -n "__fish_sign_using_subcommand aws" -l send -d 'Send each request'
complete -c sign -n "__fish_sign_using_subcommand aws" -l fail -d 'Take a status of 400 and above for a failure'
complete -c sign -n "__fish_sign_using_subcommand aws" -l no-retry -d 'Take the first response'
complete -c sign -n "__fish_sign_using_subcommand aws" -s L -l location -d 'Follow redirects'
complete -c sign -n "__fish_sign_using_subcommand aws" -l allow-http -d 'Send secrets over plain http too'
complete -c sign -n "__fish_sign_using_subcommand aws" -s k -l insecure -d 'Do not verify servers\' certificates'
complete -c sign -n "__fish_sign_using_subcommand aws" -l allow-host -d 'Sign a Host header that is not the URL\'s'
complete -c sign -n "__fish_sign_using_subcommand aws" -l explain -d 'Write each step of a signature to stderr'
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l access-key -d 'The access key\'s id' -r
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l secret-key -d 'The secret access key' -r
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l session-token -d 'The token of temporary credentials' -r
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l region -d 'The region' -r
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l service -d 'The service, as credential scopes name it' -r
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l add-auth-data-to-query -d 'Sign in the query, not in headers' -r
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l expires -d 'Time for which a presigned URL is valid' -r
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l unsigned-payload -d 'Leave the body out of the signature' -r
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l profile -d 'The profile to take credentials from' -r
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l metadata -d 'Ask the metadata service for credentials' -r -f -a "container\t''
instance\t''"
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l from -d 'Input format' -r -f -a "auto\t'Detect the format of each document'
har\t'HAR 1.2: a request object, an entry or a whole file; also requests written by hand'
curl\t'curl command lines, as browsers copy them'
vegeta\t'Targets of vegeta (`header` a map of lists, `body` in base64)'
url\t'One URL per line; sent as GET'
postman\t'Postman\'s collections: a file (version 2), or the folder of one (version 3)'
opencollection\t'A folder of OpenCollection or .bru files, as Bruno writes it'
openapi\t'OpenAPI 3 in JSON or YAML: a request for each operation'
insomnia\t'Insomnia\'s exports: version 4 in JSON, version 5 in YAML'
http-file\t'A .http file, as editors run it'"
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l folder -d 'Take the requests of this folder alone' -r
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l name -d 'Take the request with this name alone' -r
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l to -d 'Output format' -r -f -a "json\t'One HAR request object per line'
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
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l body-dir -d 'Folder for the bodies that --to curl-config cannot hold' -r -F
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l out -d 'Folder for --to postman and --to opencollection' -r -F
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l var -d 'Replace {{NAME}} by VALUE' -r
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l env-file -d 'Take values of {{NAME}} from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l globals -d 'Take values that nothing else has from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l data -d 'Repeat all requests for each row of this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l retry -d 'Try up to N times more when the network fails' -r
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l retry-delay -d 'Wait this long before each further try' -r
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l max-filesize -d 'Refuse a response that is longer' -r
complete -c sign -n "__fish_sign_using_subcommand awsv4" -s m -l max-time -d 'Give up on a server after this long' -r
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l connect-timeout -d 'Give up on connecting after this long' -r
complete -c sign -n "__fish_sign_using_subcommand awsv4" -s x -l proxy -d 'Go through this proxy' -r
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l cacert -d 'Trust the certificates in this PEM file too' -r -F
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l cert -d 'Our certificate, for servers that ask' -r -F
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l cert-key -d 'The private key of --cert' -r -F
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l now -d 'Sign as if it were this time: RFC 3339, or @SECONDS since 1970' -r
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l nonce -d 'Use this nonce instead of a random one' -r
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l auth -d 'Give every request this Postman auth object' -r -F
complete -c sign -n "__fish_sign_using_subcommand awsv4" -s j -l jobs -d 'Work with N threads' -r
complete -c sign -n "__fish_sign_using_subcommand awsv4" -s q -l quiet -d 'Print only errors on stderr'
complete -c sign -n "__fish_sign_using_subcommand awsv4" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c sign -n "__fish_sign_using_subcommand awsv4" -s h -l help -d 'Print help'
complete -c sign -n "__fish_sign_using_subcommand awsv4" -s V -l version -d 'Print the version'
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l allow-files -d 'Let the input name files to read'
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l strict -d 'Stop at the first line that fails'
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l allow-partial -d 'Take bodies of which a part is missing'
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l allow-unresolved -d 'Keep {{NAME}} if nothing defines it'
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l send -d 'Send each request'
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l fail -d 'Take a status of 400 and above for a failure'
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l no-retry -d 'Take the first response'
complete -c sign -n "__fish_sign_using_subcommand awsv4" -s L -l location -d 'Follow redirects'
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l allow-http -d 'Send secrets over plain http too'
complete -c sign -n "__fish_sign_using_subcommand awsv4" -s k -l insecure -d 'Do not verify servers\' certificates'
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l allow-host -d 'Sign a Host header that is not the URL\'s'
complete -c sign -n "__fish_sign_using_subcommand awsv4" -l explain -d 'Write each step of a signature to stderr'
complete -c sign -n "__fish_sign_using_subcommand ntlm" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sign -n "__fish_sign_using_subcommand ntlm" -l username -d 'The user name' -r
complete -c sign -n "__fish_sign_using_subcommand ntlm" -l password -d 'The password' -r
complete -c sign -n "__fish_sign_using_subcommand ntlm" -l domain -d 'The domain' -r
complete -c sign -n "__fish_sign_using_subcommand ntlm" -l workstation -d 'The name of this machine that the server is told' -r
complete -c sign -n "__fish_sign_using_subcommand ntlm" -l disable-retry-request -d 'Answer no challenge of the server' -r
complete -c sign -n "__fish_sign_using_subcommand ntlm" -l from -d 'Input format' -r -f -a "auto\t'Detect the format of each document'
har\t'HAR 1.2: a request object, an entry or a whole file; also requests written by hand'
curl\t'curl command lines, as browsers copy them'
vegeta\t'Targets of vegeta (`header` a map of lists, `body` in base64)'
url\t'One URL per line; sent as GET'
postman\t'Postman\'s collections: a file (version 2), or the folder of one (version 3)'
opencollection\t'A folder of OpenCollection or .bru files, as Bruno writes it'
openapi\t'OpenAPI 3 in JSON or YAML: a request for each operation'
insomnia\t'Insomnia\'s exports: version 4 in JSON, version 5 in YAML'
http-file\t'A .http file, as editors run it'"
complete -c sign -n "__fish_sign_using_subcommand ntlm" -l folder -d 'Take the requests of this folder alone' -r
complete -c sign -n "__fish_sign_using_subcommand ntlm" -l name -d 'Take the request with this name alone' -r
complete -c sign -n "__fish_sign_using_subcommand ntlm" -l to -d 'Output format' -r -f -a "json\t'One HAR request object per line'
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
complete -c sign -n "__fish_sign_using_subcommand ntlm" -l body-dir -d 'Folder for the bodies that --to curl-config cannot hold' -r -F
complete -c sign -n "__fish_sign_using_subcommand ntlm" -l out -d 'Folder for --to postman and --to opencollection' -r -F
complete -c sign -n "__fish_sign_using_subcommand ntlm" -l var -d 'Replace {{NAME}} by VALUE' -r
complete -c sign -n "__fish_sign_using_subcommand ntlm" -l env-file -d 'Take values of {{NAME}} from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand ntlm" -l globals -d 'Take values that nothing else has from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand ntlm" -l data -d 'Repeat all requests for each row of this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand ntlm" -l retry -d 'Try up to N times more when the network fails' -r
complete -c sign -n "__fish_sign_using_subcommand ntlm" -l retry-delay -d 'Wait this long before each further try' -r
complete -c sign -n "__fish_sign_using_subcommand ntlm" -l max-filesize -d 'Refuse a response that is longer' -r
complete -c sign -n "__fish_sign_using_subcommand ntlm" -s m -l max-time -d 'Give up on a server after this long' -r
complete -c sign -n "__fish_sign_using_subcommand ntlm" -l connect-timeout -d 'Give up on connecting after this long' -r
complete -c sign -n "__fish_sign_using_subcommand ntlm" -s x -l proxy -d 'Go through this proxy' -r
complete -c sign -n "__fish_sign_using_subcommand ntlm" -l cacert -d 'Trust the certificates in this PEM file too' -r -F
complete -c sign -n "__fish_sign_using_subcommand ntlm" -l cert -d 'Our certificate, for servers that ask' -r -F
complete -c sign -n "__fish_sign_using_subcommand ntlm" -l cert-key -d 'The private key of --cert' -r -F
complete -c sign -n "__fish_sign_using_subcommand ntlm" -l now -d 'Sign as if it were this time: RFC 3339, or @SECONDS since 1970' -r
complete -c sign -n "__fish_sign_using_subcommand ntlm" -l nonce -d 'Use this nonce instead of a random one' -r
complete -c sign -n "__fish_sign_using_subcommand ntlm" -l auth -d 'Give every request this Postman auth object' -r -F
complete -c sign -n "__fish_sign_using_subcommand ntlm" -s j -l jobs -d 'Work with N threads' -r
complete -c sign -n "__fish_sign_using_subcommand ntlm" -l challenge -d 'Answer this WWW-Authenticate value' -r
complete -c sign -n "__fish_sign_using_subcommand ntlm" -s q -l quiet -d 'Print only errors on stderr'
complete -c sign -n "__fish_sign_using_subcommand ntlm" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c sign -n "__fish_sign_using_subcommand ntlm" -s h -l help -d 'Print help'
complete -c sign -n "__fish_sign_using_subcommand ntlm" -s V -l version -d 'Print the version'
complete -c sign -n "__fish_sign_using_subcommand ntlm" -l allow-files -d 'Let the input name files to read'
complete -c sign -n "__fish_sign_using_subcommand ntlm" -l strict -d 'Stop at the first line that fails'
complete -c sign -n "__fish_sign_using_subcommand ntlm" -l allow-partial -d 'Take bodies of which a part is missing'
complete -c sign -n "__fish_sign_using_subcommand ntlm" -l allow-unresolved -d 'Keep {{NAME}} if nothing defines it'
complete -c sign -n "__fish_sign_using_subcommand ntlm" -l send -d 'Send each request'
complete -c sign -n "__fish_sign_using_subcommand ntlm" -l fail -d 'Take a status of 400 and above for a failure'
complete -c sign -n "__fish_sign_using_subcommand ntlm" -l no-retry -d 'Take the first response'
complete -c sign -n "__fish_sign_using_subcommand ntlm" -s L -l location -d 'Follow redirects'
complete -c sign -n "__fish_sign_using_subcommand ntlm" -l allow-http -d 'Send secrets over plain http too'
complete -c sign -n "__fish_sign_using_subcommand ntlm" -s k -l insecure -d 'Do not verify servers\' certificates'
complete -c sign -n "__fish_sign_using_subcommand ntlm" -l allow-host -d 'Sign a Host header that is not the URL\'s'
complete -c sign -n "__fish_sign_using_subcommand ntlm" -l explain -d 'Write each step of a signature to stderr'
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l access-token -d 'The access token' -r
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l client-token -d 'The client token' -r
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l client-secret -d 'The client secret' -r
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l headers-to-sign -d 'Names of headers to sign, with commas between' -r
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l max-body-size -d 'The number of bytes of a POST body that are signed' -r
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l base-url -d 'Sign for this host' -r
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l timestamp -d 'The time of signing, as 20140321T19:34:21+0000' -r
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l account-key -d 'Act on this account' -r
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l edgerc -d 'Take what is not given from this file' -r
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l section -d 'Take it from this section' -r
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l from -d 'Input format' -r -f -a "auto\t'Detect the format of each document'
har\t'HAR 1.2: a request object, an entry or a whole file; also requests written by hand'
curl\t'curl command lines, as browsers copy them'
vegeta\t'Targets of vegeta (`header` a map of lists, `body` in base64)'
url\t'One URL per line; sent as GET'
postman\t'Postman\'s collections: a file (version 2), or the folder of one (version 3)'
opencollection\t'A folder of OpenCollection or .bru files, as Bruno writes it'
openapi\t'OpenAPI 3 in JSON or YAML: a request for each operation'
insomnia\t'Insomnia\'s exports: version 4 in JSON, version 5 in YAML'
http-file\t'A .http file, as editors run it'"
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l folder -d 'Take the requests of this folder alone' -r
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l name -d 'Take the request with this name alone' -r
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l to -d 'Output format' -r -f -a "json\t'One HAR request object per line'
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
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l body-dir -d 'Folder for the bodies that --to curl-config cannot hold' -r -F
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l out -d 'Folder for --to postman and --to opencollection' -r -F
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l var -d 'Replace {{NAME}} by VALUE' -r
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l env-file -d 'Take values of {{NAME}} from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l globals -d 'Take values that nothing else has from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l data -d 'Repeat all requests for each row of this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l retry -d 'Try up to N times more when the network fails' -r
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l retry-delay -d 'Wait this long before each further try' -r
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l max-filesize -d 'Refuse a response that is longer' -r
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -s m -l max-time -d 'Give up on a server after this long' -r
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l connect-timeout -d 'Give up on connecting after this long' -r
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -s x -l proxy -d 'Go through this proxy' -r
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l cacert -d 'Trust the certificates in this PEM file too' -r -F
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l cert -d 'Our certificate, for servers that ask' -r -F
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l cert-key -d 'The private key of --cert' -r -F
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l now -d 'Sign as if it were this time: RFC 3339, or @SECONDS since 1970' -r
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l auth -d 'Give every request this Postman auth object' -r -F
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -s j -l jobs -d 'Work with N threads' -r
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l nonce -d 'The nonce' -r
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -s q -l quiet -d 'Print only errors on stderr'
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -s h -l help -d 'Print help'
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -s V -l version -d 'Print the version'
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l allow-files -d 'Let the input name files to read'
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l strict -d 'Stop at the first line that fails'
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l allow-partial -d 'Take bodies of which a part is missing'
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l allow-unresolved -d 'Keep {{NAME}} if nothing defines it'
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l send -d 'Send each request'
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l fail -d 'Take a status of 400 and above for a failure'
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l no-retry -d 'Take the first response'
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -s L -l location -d 'Follow redirects'
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l allow-http -d 'Send secrets over plain http too'
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -s k -l insecure -d 'Do not verify servers\' certificates'
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l allow-host -d 'Sign a Host header that is not the URL\'s'
complete -c sign -n "__fish_sign_using_subcommand edgegrid" -l explain -d 'Write each step of a signature to stderr'
complete -c sign -n "__fish_sign_using_subcommand jwt" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sign -n "__fish_sign_using_subcommand jwt" -l algorithm -d 'The algorithm that signs the token' -r -f -a "HS256\t''
HS384\t''
HS512\t''
RS256\t''
RS384\t''
RS512\t''
PS256\t''
PS384\t''
PS512\t''
ES256\t''
ES384\t''
ES512\t''
EdDSA\t''"
complete -c sign -n "__fish_sign_using_subcommand jwt" -l secret -d 'The shared secret' -r
complete -c sign -n "__fish_sign_using_subcommand jwt" -l is-secret-base64-encoded -d 'The secret is bytes, given in base64' -r
complete -c sign -n "__fish_sign_using_subcommand jwt" -l private-key -d 'The private key in PEM' -r
complete -c sign -n "__fish_sign_using_subcommand jwt" -l payload -d 'The claims, a JSON object' -r
complete -c sign -n "__fish_sign_using_subcommand jwt" -l header -d 'The token\'s header, a JSON object' -r
complete -c sign -n "__fish_sign_using_subcommand jwt" -l add-token-to -d 'The place of the token' -r -f -a "header\t''
queryParam\t''"
complete -c sign -n "__fish_sign_using_subcommand jwt" -l header-prefix -d 'The word before the token' -r
complete -c sign -n "__fish_sign_using_subcommand jwt" -l query-param-key -d 'The query parameter\'s name' -r
complete -c sign -n "__fish_sign_using_subcommand jwt" -l from -d 'Input format' -r -f -a "auto\t'Detect the format of each document'
har\t'HAR 1.2: a request object, an entry or a whole file; also requests written by hand'
curl\t'curl command lines, as browsers copy them'
vegeta\t'Targets of vegeta (`header` a map of lists, `body` in base64)'
url\t'One URL per line; sent as GET'
postman\t'Postman\'s collections: a file (version 2), or the folder of one (version 3)'
opencollection\t'A folder of OpenCollection or .bru files, as Bruno writes it'
openapi\t'OpenAPI 3 in JSON or YAML: a request for each operation'
insomnia\t'Insomnia\'s exports: version 4 in JSON, version 5 in YAML'
http-file\t'A .http file, as editors run it'"
complete -c sign -n "__fish_sign_using_subcommand jwt" -l folder -d 'Take the requests of this folder alone' -r
complete -c sign -n "__fish_sign_using_subcommand jwt" -l name -d 'Take the request with this name alone' -r
complete -c sign -n "__fish_sign_using_subcommand jwt" -l to -d 'Output format' -r -f -a "json\t'One HAR request object per line'
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
complete -c sign -n "__fish_sign_using_subcommand jwt" -l body-dir -d 'Folder for the bodies that --to curl-config cannot hold' -r -F
complete -c sign -n "__fish_sign_using_subcommand jwt" -l out -d 'Folder for --to postman and --to opencollection' -r -F
complete -c sign -n "__fish_sign_using_subcommand jwt" -l var -d 'Replace {{NAME}} by VALUE' -r
complete -c sign -n "__fish_sign_using_subcommand jwt" -l env-file -d 'Take values of {{NAME}} from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand jwt" -l globals -d 'Take values that nothing else has from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand jwt" -l data -d 'Repeat all requests for each row of this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand jwt" -l retry -d 'Try up to N times more when the network fails' -r
complete -c sign -n "__fish_sign_using_subcommand jwt" -l retry-delay -d 'Wait this long before each further try' -r
complete -c sign -n "__fish_sign_using_subcommand jwt" -l max-filesize -d 'Refuse a response that is longer' -r
complete -c sign -n "__fish_sign_using_subcommand jwt" -s m -l max-time -d 'Give up on a server after this long' -r
complete -c sign -n "__fish_sign_using_subcommand jwt" -l connect-timeout -d 'Give up on connecting after this long' -r
complete -c sign -n "__fish_sign_using_subcommand jwt" -s x -l proxy -d 'Go through this proxy' -r
complete -c sign -n "__fish_sign_using_subcommand jwt" -l cacert -d 'Trust the certificates in this PEM file too' -r -F
complete -c sign -n "__fish_sign_using_subcommand jwt" -l cert -d 'Our certificate, for servers that ask' -r -F
complete -c sign -n "__fish_sign_using_subcommand jwt" -l cert-key -d 'The private key of --cert' -r -F
complete -c sign -n "__fish_sign_using_subcommand jwt" -l now -d 'Sign as if it were this time: RFC 3339, or @SECONDS since 1970' -r
complete -c sign -n "__fish_sign_using_subcommand jwt" -l nonce -d 'Use this nonce instead of a random one' -r
complete -c sign -n "__fish_sign_using_subcommand jwt" -l auth -d 'Give every request this Postman auth object' -r -F
complete -c sign -n "__fish_sign_using_subcommand jwt" -s j -l jobs -d 'Work with N threads' -r
complete -c sign -n "__fish_sign_using_subcommand jwt" -s q -l quiet -d 'Print only errors on stderr'
complete -c sign -n "__fish_sign_using_subcommand jwt" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c sign -n "__fish_sign_using_subcommand jwt" -s h -l help -d 'Print help'
complete -c sign -n "__fish_sign_using_subcommand jwt" -s V -l version -d 'Print the version'
complete -c sign -n "__fish_sign_using_subcommand jwt" -l allow-files -d 'Let the input name files to read'
complete -c sign -n "__fish_sign_using_subcommand jwt" -l strict -d 'Stop at the first line that fails'
complete -c sign -n "__fish_sign_using_subcommand jwt" -l allow-partial -d 'Take bodies of which a part is missing'
complete -c sign -n "__fish_sign_using_subcommand jwt" -l allow-unresolved -d 'Keep {{NAME}} if nothing defines it'
complete -c sign -n "__fish_sign_using_subcommand jwt" -l send -d 'Send each request'
complete -c sign -n "__fish_sign_using_subcommand jwt" -l fail -d 'Take a status of 400 and above for a failure'
complete -c sign -n "__fish_sign_using_subcommand jwt" -l no-retry -d 'Take the first response'
complete -c sign -n "__fish_sign_using_subcommand jwt" -s L -l location -d 'Follow redirects'
complete -c sign -n "__fish_sign_using_subcommand jwt" -l allow-http -d 'Send secrets over plain http too'
complete -c sign -n "__fish_sign_using_subcommand jwt" -s k -l insecure -d 'Do not verify servers\' certificates'
complete -c sign -n "__fish_sign_using_subcommand jwt" -l allow-host -d 'Sign a Host header that is not the URL\'s'
complete -c sign -n "__fish_sign_using_subcommand jwt" -l explain -d 'Write each step of a signature to stderr'
complete -c sign -n "__fish_sign_using_subcommand asap" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sign -n "__fish_sign_using_subcommand asap" -l alg -d 'The algorithm that signs the token' -r -f -a "RS256\t''
RS384\t''
RS512\t''
PS256\t''
PS384\t''
PS512\t''
ES256\t''
ES384\t''
ES512\t''"
complete -c sign -n "__fish_sign_using_subcommand asap" -l kid -d 'The key\'s id' -r
complete -c sign -n "__fish_sign_using_subcommand asap" -l iss -d 'The issuer' -r
complete -c sign -n "__fish_sign_using_subcommand asap" -l aud -d 'The audience' -r
complete -c sign -n "__fish_sign_using_subcommand asap" -l sub -d 'The subject' -r
complete -c sign -n "__fish_sign_using_subcommand asap" -l exp -d 'Time for which the token is valid' -r
complete -c sign -n "__fish_sign_using_subcommand asap" -l claims -d 'More claims, a JSON object' -r
complete -c sign -n "__fish_sign_using_subcommand asap" -l private-key -d 'The private key' -r
complete -c sign -n "__fish_sign_using_subcommand asap" -l from -d 'Input format' -r -f -a "auto\t'Detect the format of each document'
har\t'HAR 1.2: a request object, an entry or a whole file; also requests written by hand'
curl\t'curl command lines, as browsers copy them'
vegeta\t'Targets of vegeta (`header` a map of lists, `body` in base64)'
url\t'One URL per line; sent as GET'
postman\t'Postman\'s collections: a file (version 2), or the folder of one (version 3)'
opencollection\t'A folder of OpenCollection or .bru files, as Bruno writes it'
openapi\t'OpenAPI 3 in JSON or YAML: a request for each operation'
insomnia\t'Insomnia\'s exports: version 4 in JSON, version 5 in YAML'
http-file\t'A .http file, as editors run it'"
complete -c sign -n "__fish_sign_using_subcommand asap" -l folder -d 'Take the requests of this folder alone' -r
complete -c sign -n "__fish_sign_using_subcommand asap" -l name -d 'Take the request with this name alone' -r
complete -c sign -n "__fish_sign_using_subcommand asap" -l to -d 'Output format' -r -f -a "json\t'One HAR request object per line'
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
complete -c sign -n "__fish_sign_using_subcommand asap" -l body-dir -d 'Folder for the bodies that --to curl-config cannot hold' -r -F
complete -c sign -n "__fish_sign_using_subcommand asap" -l out -d 'Folder for --to postman and --to opencollection' -r -F
complete -c sign -n "__fish_sign_using_subcommand asap" -l var -d 'Replace {{NAME}} by VALUE' -r
complete -c sign -n "__fish_sign_using_subcommand asap" -l env-file -d 'Take values of {{NAME}} from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand asap" -l globals -d 'Take values that nothing else has from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand asap" -l data -d 'Repeat all requests for each row of this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand asap" -l retry -d 'Try up to N times more when the network fails' -r
complete -c sign -n "__fish_sign_using_subcommand asap" -l retry-delay -d 'Wait this long before each further try' -r
complete -c sign -n "__fish_sign_using_subcommand asap" -l max-filesize -d 'Refuse a response that is longer' -r
complete -c sign -n "__fish_sign_using_subcommand asap" -s m -l max-time -d 'Give up on a server after this long' -r
complete -c sign -n "__fish_sign_using_subcommand asap" -l connect-timeout -d 'Give up on connecting after this long' -r
complete -c sign -n "__fish_sign_using_subcommand asap" -s x -l proxy -d 'Go through this proxy' -r
complete -c sign -n "__fish_sign_using_subcommand asap" -l cacert -d 'Trust the certificates in this PEM file too' -r -F
complete -c sign -n "__fish_sign_using_subcommand asap" -l cert -d 'Our certificate, for servers that ask' -r -F
complete -c sign -n "__fish_sign_using_subcommand asap" -l cert-key -d 'The private key of --cert' -r -F
complete -c sign -n "__fish_sign_using_subcommand asap" -l now -d 'Sign as if it were this time: RFC 3339, or @SECONDS since 1970' -r
complete -c sign -n "__fish_sign_using_subcommand asap" -l nonce -d 'Use this nonce instead of a random one' -r
complete -c sign -n "__fish_sign_using_subcommand asap" -l auth -d 'Give every request this Postman auth object' -r -F
complete -c sign -n "__fish_sign_using_subcommand asap" -s j -l jobs -d 'Work with N threads' -r
complete -c sign -n "__fish_sign_using_subcommand asap" -s q -l quiet -d 'Print only errors on stderr'
complete -c sign -n "__fish_sign_using_subcommand asap" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c sign -n "__fish_sign_using_subcommand asap" -s h -l help -d 'Print help'
complete -c sign -n "__fish_sign_using_subcommand asap" -s V -l version -d 'Print the version'
complete -c sign -n "__fish_sign_using_subcommand asap" -l allow-files -d 'Let the input name files to read'
complete -c sign -n "__fish_sign_using_subcommand asap" -l strict -d 'Stop at the first line that fails'
complete -c sign -n "__fish_sign_using_subcommand asap" -l allow-partial -d 'Take bodies of which a part is missing'
complete -c sign -n "__fish_sign_using_subcommand asap" -l allow-unresolved -d 'Keep {{NAME}} if nothing defines it'
complete -c sign -n "__fish_sign_using_subcommand asap" -l send -d 'Send each request'
complete -c sign -n "__fish_sign_using_subcommand asap" -l fail -d 'Take a status of 400 and above for a failure'
complete -c sign -n "__fish_sign_using_subcommand asap" -l no-retry -d 'Take the first response'
complete -c sign -n "__fish_sign_using_subcommand asap" -s L -l location -d 'Follow redirects'
complete -c sign -n "__fish_sign_using_subcommand asap" -l allow-http -d 'Send secrets over plain http too'
complete -c sign -n "__fish_sign_using_subcommand asap" -s k -l insecure -d 'Do not verify servers\' certificates'
complete -c sign -n "__fish_sign_using_subcommand asap" -l allow-host -d 'Sign a Host header that is not the URL\'s'
complete -c sign -n "__fish_sign_using_subcommand asap" -l explain -d 'Write each step of a signature to stderr'
complete -c sign -n "__fish_sign_using_subcommand inherit" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sign -n "__fish_sign_using_subcommand inherit" -l from -d 'Input format' -r -f -a "auto\t'Detect the format of each document'
har\t'HAR 1.2: a request object, an entry or a whole file; also requests written by hand'
curl\t'curl command lines, as browsers copy them'
vegeta\t'Targets of vegeta (`header` a map of lists, `body` in base64)'
url\t'One URL per line; sent as GET'
postman\t'Postman\'s collections: a file (version 2), or the folder of one (version 3)'
opencollection\t'A folder of OpenCollection or .bru files, as Bruno writes it'
openapi\t'OpenAPI 3 in JSON or YAML: a request for each operation'
insomnia\t'Insomnia\'s exports: version 4 in JSON, version 5 in YAML'
http-file\t'A .http file, as editors run it'"
complete -c sign -n "__fish_sign_using_subcommand inherit" -l folder -d 'Take the requests of this folder alone' -r
complete -c sign -n "__fish_sign_using_subcommand inherit" -l name -d 'Take the request with this name alone' -r
complete -c sign -n "__fish_sign_using_subcommand inherit" -l to -d 'Output format' -r -f -a "json\t'One HAR request object per line'
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
complete -c sign -n "__fish_sign_using_subcommand inherit" -l body-dir -d 'Folder for the bodies that --to curl-config cannot hold' -r -F
complete -c sign -n "__fish_sign_using_subcommand inherit" -l out -d 'Folder for --to postman and --to opencollection' -r -F
complete -c sign -n "__fish_sign_using_subcommand inherit" -l var -d 'Replace {{NAME}} by VALUE' -r
complete -c sign -n "__fish_sign_using_subcommand inherit" -l env-file -d 'Take values of {{NAME}} from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand inherit" -l globals -d 'Take values that nothing else has from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand inherit" -l data -d 'Repeat all requests for each row of this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand inherit" -l retry -d 'Try up to N times more when the network fails' -r
complete -c sign -n "__fish_sign_using_subcommand inherit" -l retry-delay -d 'Wait this long before each further try' -r
complete -c sign -n "__fish_sign_using_subcommand inherit" -l max-filesize -d 'Refuse a response that is longer' -r
complete -c sign -n "__fish_sign_using_subcommand inherit" -s m -l max-time -d 'Give up on a server after this long' -r
complete -c sign -n "__fish_sign_using_subcommand inherit" -l connect-timeout -d 'Give up on connecting after this long' -r
complete -c sign -n "__fish_sign_using_subcommand inherit" -s x -l proxy -d 'Go through this proxy' -r
complete -c sign -n "__fish_sign_using_subcommand inherit" -l cacert -d 'Trust the certificates in this PEM file too' -r -F
complete -c sign -n "__fish_sign_using_subcommand inherit" -l cert -d 'Our certificate, for servers that ask' -r -F
complete -c sign -n "__fish_sign_using_subcommand inherit" -l cert-key -d 'The private key of --cert' -r -F
complete -c sign -n "__fish_sign_using_subcommand inherit" -l now -d 'Sign as if it were this time: RFC 3339, or @SECONDS since 1970' -r
complete -c sign -n "__fish_sign_using_subcommand inherit" -l nonce -d 'Use this nonce instead of a random one' -r
complete -c sign -n "__fish_sign_using_subcommand inherit" -l auth -d 'Give every request this Postman auth object' -r -F
complete -c sign -n "__fish_sign_using_subcommand inherit" -s j -l jobs -d 'Work with N threads' -r
complete -c sign -n "__fish_sign_using_subcommand inherit" -l challenge -d 'Answer this WWW-Authenticate value' -r
complete -c sign -n "__fish_sign_using_subcommand inherit" -l credentials-for -d 'Use your own credentials for this host' -r
complete -c sign -n "__fish_sign_using_subcommand inherit" -s q -l quiet -d 'Print only errors on stderr'
complete -c sign -n "__fish_sign_using_subcommand inherit" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c sign -n "__fish_sign_using_subcommand inherit" -s h -l help -d 'Print help'
complete -c sign -n "__fish_sign_using_subcommand inherit" -s V -l version -d 'Print the version'
complete -c sign -n "__fish_sign_using_subcommand inherit" -l allow-files -d 'Let the input name files to read'
complete -c sign -n "__fish_sign_using_subcommand inherit" -l strict -d 'Stop at the first line that fails'
complete -c sign -n "__fish_sign_using_subcommand inherit" -l allow-partial -d 'Take bodies of which a part is missing'
complete -c sign -n "__fish_sign_using_subcommand inherit" -l allow-unresolved -d 'Keep {{NAME}} if nothing defines it'
complete -c sign -n "__fish_sign_using_subcommand inherit" -l send -d 'Send each request'
complete -c sign -n "__fish_sign_using_subcommand inherit" -l fail -d 'Take a status of 400 and above for a failure'
complete -c sign -n "__fish_sign_using_subcommand inherit" -l no-retry -d 'Take the first response'
complete -c sign -n "__fish_sign_using_subcommand inherit" -s L -l location -d 'Follow redirects'
complete -c sign -n "__fish_sign_using_subcommand inherit" -l allow-http -d 'Send secrets over plain http too'
complete -c sign -n "__fish_sign_using_subcommand inherit" -s k -l insecure -d 'Do not verify servers\' certificates'
complete -c sign -n "__fish_sign_using_subcommand inherit" -l allow-host -d 'Sign a Host header that is not the URL\'s'
complete -c sign -n "__fish_sign_using_subcommand inherit" -l explain -d 'Write each step of a signature to stderr'
complete -c sign -n "__fish_sign_using_subcommand inherit" -l ask -d 'Ask servers for digest challenges'
complete -c sign -n "__fish_sign_using_subcommand verify; and not __fish_seen_subcommand_from basic digest oauth1 hawk aws awsv4 edgegrid jwt" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sign -n "__fish_sign_using_subcommand verify; and not __fish_seen_subcommand_from basic digest oauth1 hawk aws awsv4 edgegrid jwt" -s q -l quiet -d 'Print only errors on stderr'
complete -c sign -n "__fish_sign_using_subcommand verify; and not __fish_seen_subcommand_from basic digest oauth1 hawk aws awsv4 edgegrid jwt" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c sign -n "__fish_sign_using_subcommand verify; and not __fish_seen_subcommand_from basic digest oauth1 hawk aws awsv4 edgegrid jwt" -s h -l help -d 'Print help'
complete -c sign -n "__fish_sign_using_subcommand verify; and not __fish_seen_subcommand_from basic digest oauth1 hawk aws awsv4 edgegrid jwt" -s V -l version -d 'Print the version'
complete -c sign -n "__fish_sign_using_subcommand verify; and not __fish_seen_subcommand_from basic digest oauth1 hawk aws awsv4 edgegrid jwt" -f -a "basic" -d 'User name and password (RFC 7617)'
complete -c sign -n "__fish_sign_using_subcommand verify; and not __fish_seen_subcommand_from basic digest oauth1 hawk aws awsv4 edgegrid jwt" -f -a "digest" -d 'A response to a server\'s challenge (RFC 7616)'
complete -c sign -n "__fish_sign_using_subcommand verify; and not __fish_seen_subcommand_from basic digest oauth1 hawk aws awsv4 edgegrid jwt" -f -a "oauth1" -d 'OAuth 1.0 (RFC 5849)'
complete -c sign -n "__fish_sign_using_subcommand verify; and not __fish_seen_subcommand_from basic digest oauth1 hawk aws awsv4 edgegrid jwt" -f -a "hawk" -d 'Hawk: a MAC over the request, and signed URLs (bewits)'
complete -c sign -n "__fish_sign_using_subcommand verify; and not __fish_seen_subcommand_from basic digest oauth1 hawk aws awsv4 edgegrid jwt" -f -a "aws" -d 'AWS Signature Version 4'
complete -c sign -n "__fish_sign_using_subcommand verify; and not __fish_seen_subcommand_from basic digest oauth1 hawk aws awsv4 edgegrid jwt" -f -a "awsv4" -d 'AWS Signature Version 4'
complete -c sign -n "__fish_sign_using_subcommand verify; and not __fish_seen_subcommand_from basic digest oauth1 hawk aws awsv4 edgegrid jwt" -f -a "edgegrid" -d 'Akamai EdgeGrid'
complete -c sign -n "__fish_sign_using_subcommand verify; and not __fish_seen_subcommand_from basic digest oauth1 hawk aws awsv4 edgegrid jwt" -f -a "jwt" -d 'A JSON Web Token, made and signed here (RFC 7519)'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from basic" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from basic" -l username -d 'The expected user name' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from basic" -l password -d 'The expected password' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from basic" -l from -d 'Input format' -r -f -a "auto\t'Detect the format of each document'
har\t'HAR 1.2: a request object, an entry or a whole file; also requests written by hand'
curl\t'curl command lines, as browsers copy them'
vegeta\t'Targets of vegeta (`header` a map of lists, `body` in base64)'
url\t'One URL per line; sent as GET'
postman\t'Postman\'s collections: a file (version 2), or the folder of one (version 3)'
opencollection\t'A folder of OpenCollection or .bru files, as Bruno writes it'
openapi\t'OpenAPI 3 in JSON or YAML: a request for each operation'
insomnia\t'Insomnia\'s exports: version 4 in JSON, version 5 in YAML'
http-file\t'A .http file, as editors run it'"
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from basic" -l var -d 'Replace {{NAME}} by VALUE' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from basic" -l env-file -d 'Take values of {{NAME}} from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from basic" -l globals -d 'Take values that nothing else has from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from basic" -l now -d 'Verify as if it were this time: RFC 3339, or @SECONDS since 1970' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from basic" -s q -l quiet -d 'Print only errors on stderr'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from basic" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from basic" -s h -l help -d 'Print help'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from basic" -s V -l version -d 'Print the version'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from basic" -l allow-files -d 'Let the input name files to read'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from basic" -l strict -d 'Stop at the first line that fails'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from basic" -l allow-unresolved -d 'Keep {{NAME}} if nothing defines it'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from digest" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from digest" -l username -d 'The expected user name' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from digest" -l password -d 'The expected password' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from digest" -l realm -d 'Take only this realm' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from digest" -l nonce -d 'Take only this nonce of the server' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from digest" -l algorithm -d 'Take only this algorithm' -r -f -a "MD5\t''
MD5-sess\t''
SHA-256\t''
SHA-256-sess\t''
SHA-512-256\t''
SHA-512-256-sess\t''"
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from digest" -l qop -d 'Take only this quality of protection' -r -f -a "auth\t''
auth-int\t''"
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from digest" -l opaque -d 'Take only this value, which the server wants back' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from digest" -l from -d 'Input format' -r -f -a "auto\t'Detect the format of each document'
har\t'HAR 1.2: a request object, an entry or a whole file; also requests written by hand'
curl\t'curl command lines, as browsers copy them'
vegeta\t'Targets of vegeta (`header` a map of lists, `body` in base64)'
url\t'One URL per line; sent as GET'
postman\t'Postman\'s collections: a file (version 2), or the folder of one (version 3)'
opencollection\t'A folder of OpenCollection or .bru files, as Bruno writes it'
openapi\t'OpenAPI 3 in JSON or YAML: a request for each operation'
insomnia\t'Insomnia\'s exports: version 4 in JSON, version 5 in YAML'
http-file\t'A .http file, as editors run it'"
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from digest" -l var -d 'Replace {{NAME}} by VALUE' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from digest" -l env-file -d 'Take values of {{NAME}} from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from digest" -l globals -d 'Take values that nothing else has from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from digest" -l now -d 'Verify as if it were this time: RFC 3339, or @SECONDS since 1970' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from digest" -s q -l quiet -d 'Print only errors on stderr'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from digest" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from digest" -s h -l help -d 'Print help'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from digest" -s V -l version -d 'Print the version'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from digest" -l allow-files -d 'Let the input name files to read'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from digest" -l strict -d 'Stop at the first line that fails'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from digest" -l allow-unresolved -d 'Keep {{NAME}} if nothing defines it'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from oauth1" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from oauth1" -l signature-method -d 'Take only this method' -r -f -a "HMAC-SHA1\t''
HMAC-SHA256\t''
HMAC-SHA512\t''
RSA-SHA1\t''
RSA-SHA256\t''
RSA-SHA512\t''
PLAINTEXT\t''"
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from oauth1" -l consumer-key -d 'The expected identifier of the client' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from oauth1" -l consumer-secret -d 'The client\'s secret' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from oauth1" -l token -d 'Take only this token' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from oauth1" -l token-secret -d 'The token\'s secret' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from oauth1" -l private-key -d 'The client\'s public key in PEM, or the private one' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from oauth1" -l from -d 'Input format' -r -f -a "auto\t'Detect the format of each document'
har\t'HAR 1.2: a request object, an entry or a whole file; also requests written by hand'
curl\t'curl command lines, as browsers copy them'
vegeta\t'Targets of vegeta (`header` a map of lists, `body` in base64)'
url\t'One URL per line; sent as GET'
postman\t'Postman\'s collections: a file (version 2), or the folder of one (version 3)'
opencollection\t'A folder of OpenCollection or .bru files, as Bruno writes it'
openapi\t'OpenAPI 3 in JSON or YAML: a request for each operation'
insomnia\t'Insomnia\'s exports: version 4 in JSON, version 5 in YAML'
http-file\t'A .http file, as editors run it'"
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from oauth1" -l var -d 'Replace {{NAME}} by VALUE' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from oauth1" -l env-file -d 'Take values of {{NAME}} from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from oauth1" -l globals -d 'Take values that nothing else has from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from oauth1" -l now -d 'Verify as if it were this time: RFC 3339, or @SECONDS since 1970' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from oauth1" -s q -l quiet -d 'Print only errors on stderr'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from oauth1" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from oauth1" -s h -l help -d 'Print help'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from oauth1" -s V -l version -d 'Print the version'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from oauth1" -l allow-files -d 'Let the input name files to read'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from oauth1" -l strict -d 'Stop at the first line that fails'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from oauth1" -l allow-unresolved -d 'Keep {{NAME}} if nothing defines it'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from hawk" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from hawk" -l auth-id -d 'The expected id of the key' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from hawk" -l auth-key -d 'The expected key' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from hawk" -l algorithm -d 'The hash function that goes with the key' -r -f -a "sha256\t''
sha1\t''"
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from hawk" -l extra-data -d 'Take only this data of the application (ext)' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from hawk" -l app -d 'Take only this application' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from hawk" -l delegation -d 'Take only this delegation (dlg)' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from hawk" -l include-payload-hash -d 'Take only requests whose body is signed' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from hawk" -l from -d 'Input format' -r -f -a "auto\t'Detect the format of each document'
har\t'HAR 1.2: a request object, an entry or a whole file; also requests written by hand'
curl\t'curl command lines, as browsers copy them'
vegeta\t'Targets of vegeta (`header` a map of lists, `body` in base64)'
url\t'One URL per line; sent as GET'
postman\t'Postman\'s collections: a file (version 2), or the folder of one (version 3)'
opencollection\t'A folder of OpenCollection or .bru files, as Bruno writes it'
openapi\t'OpenAPI 3 in JSON or YAML: a request for each operation'
insomnia\t'Insomnia\'s exports: version 4 in JSON, version 5 in YAML'
http-file\t'A .http file, as editors run it'"
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from hawk" -l var -d 'Replace {{NAME}} by VALUE' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from hawk" -l env-file -d 'Take values of {{NAME}} from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from hawk" -l globals -d 'Take values that nothing else has from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from hawk" -l now -d 'Verify as if it were this time: RFC 3339, or @SECONDS since 1970' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from hawk" -s q -l quiet -d 'Print only errors on stderr'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from hawk" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from hawk" -s h -l help -d 'Print help'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from hawk" -s V -l version -d 'Print the version'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from hawk" -l allow-files -d 'Let the input name files to read'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from hawk" -l strict -d 'Stop at the first line that fails'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from hawk" -l allow-unresolved -d 'Keep {{NAME}} if nothing defines it'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from aws" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from aws" -l access-key -d 'The expected id of the access key' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from aws" -l secret-key -d 'The expected secret access key' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from aws" -l session-token -d 'Take only this token of temporary credentials' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from aws" -l region -d 'Take only this region' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from aws" -l service -d 'Take only this service' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from aws" -l unsigned-payload -d 'Presigned URLs leave the body out' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from aws" -l profile -d 'Take the expected keys from this profile' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from aws" -l from -d 'Input format' -r -f -a "auto\t'Detect the format of each document'
har\t'HAR 1.2: a request object, an entry or a whole file; also requests written by hand'
curl\t'curl command lines, as browsers copy them'
vegeta\t'Targets of vegeta (`header` a map of lists, `body` in base64)'
url\t'One URL per line; sent as GET'
postman\t'Postman\'s collections: a file (version 2), or the folder of one (version 3)'
opencollection\t'A folder of OpenCollection or .bru files, as Bruno writes it'
openapi\t'OpenAPI 3 in JSON or YAML: a request for each operation'
insomnia\t'Insomnia\'s exports: version 4 in JSON, version 5 in YAML'
http-file\t'A .http file, as editors run it'"
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from aws" -l var -d 'Replace {{NAME}} by VALUE' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from aws" -l env-file -d 'Take values of {{NAME}} from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from aws" -l globals -d 'Take values that nothing else has from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from aws" -l now -d 'Verify as if it were this time: RFC 3339, or @SECONDS since 1970' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from aws" -s q -l quiet -d 'Print only errors on stderr'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from aws" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from aws" -s h -l help -d 'Print help'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from aws" -s V -l version -d 'Print the version'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from aws" -l allow-files -d 'Let the input name files to read'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from aws" -l strict -d 'Stop at the first line that fails'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from aws" -l allow-unresolved -d 'Keep {{NAME}} if nothing defines it'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from awsv4" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from awsv4" -l access-key -d 'The expected id of the access key' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from awsv4" -l secret-key -d 'The expected secret access key' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from awsv4" -l session-token -d 'Take only this token of temporary credentials' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from awsv4" -l region -d 'Take only this region' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from awsv4" -l service -d 'Take only this service' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from awsv4" -l unsigned-payload -d 'Presigned URLs leave the body out' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from awsv4" -l profile -d 'Take the expected keys from this profile' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from awsv4" -l from -d 'Input format' -r -f -a "auto\t'Detect the format of each document'
har\t'HAR 1.2: a request object, an entry or a whole file; also requests written by hand'
curl\t'curl command lines, as browsers copy them'
vegeta\t'Targets of vegeta (`header` a map of lists, `body` in base64)'
url\t'One URL per line; sent as GET'
postman\t'Postman\'s collections: a file (version 2), or the folder of one (version 3)'
opencollection\t'A folder of OpenCollection or .bru files, as Bruno writes it'
openapi\t'OpenAPI 3 in JSON or YAML: a request for each operation'
insomnia\t'Insomnia\'s exports: version 4 in JSON, version 5 in YAML'
http-file\t'A .http file, as editors run it'"
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from awsv4" -l var -d 'Replace {{NAME}} by VALUE' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from awsv4" -l env-file -d 'Take values of {{NAME}} from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from awsv4" -l globals -d 'Take values that nothing else has from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from awsv4" -l now -d 'Verify as if it were this time: RFC 3339, or @SECONDS since 1970' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from awsv4" -s q -l quiet -d 'Print only errors on stderr'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from awsv4" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from awsv4" -s h -l help -d 'Print help'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from awsv4" -s V -l version -d 'Print the version'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from awsv4" -l allow-files -d 'Let the input name files to read'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from awsv4" -l strict -d 'Stop at the first line that fails'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from awsv4" -l allow-unresolved -d 'Keep {{NAME}} if nothing defines it'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from edgegrid" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from edgegrid" -l access-token -d 'The expected access token' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from edgegrid" -l client-token -d 'The expected client token' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from edgegrid" -l client-secret -d 'The expected client secret' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from edgegrid" -l headers-to-sign -d 'Names of signed headers, in order' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from edgegrid" -l max-body-size -d 'The number of bytes of a POST body that are signed' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from edgegrid" -l base-url -d 'The host that the signature is for' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from edgegrid" -l edgerc -d 'Take what is not given from this file' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from edgegrid" -l section -d 'Take it from this section' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from edgegrid" -l from -d 'Input format' -r -f -a "auto\t'Detect the format of each document'
har\t'HAR 1.2: a request object, an entry or a whole file; also requests written by hand'
curl\t'curl command lines, as browsers copy them'
vegeta\t'Targets of vegeta (`header` a map of lists, `body` in base64)'
url\t'One URL per line; sent as GET'
postman\t'Postman\'s collections: a file (version 2), or the folder of one (version 3)'
opencollection\t'A folder of OpenCollection or .bru files, as Bruno writes it'
openapi\t'OpenAPI 3 in JSON or YAML: a request for each operation'
insomnia\t'Insomnia\'s exports: version 4 in JSON, version 5 in YAML'
http-file\t'A .http file, as editors run it'"
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from edgegrid" -l var -d 'Replace {{NAME}} by VALUE' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from edgegrid" -l env-file -d 'Take values of {{NAME}} from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from edgegrid" -l globals -d 'Take values that nothing else has from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from edgegrid" -l now -d 'Verify as if it were this time: RFC 3339, or @SECONDS since 1970' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from edgegrid" -s q -l quiet -d 'Print only errors on stderr'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from edgegrid" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from edgegrid" -s h -l help -d 'Print help'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from edgegrid" -s V -l version -d 'Print the version'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from edgegrid" -l allow-files -d 'Let the input name files to read'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from edgegrid" -l strict -d 'Stop at the first line that fails'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from edgegrid" -l allow-unresolved -d 'Keep {{NAME}} if nothing defines it'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from jwt" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from jwt" -l algorithm -d 'Take only this algorithm' -r -f -a "HS256\t''
HS384\t''
HS512\t''
RS256\t''
RS384\t''
RS512\t''
PS256\t''
PS384\t''
PS512\t''
ES256\t''
ES384\t''
ES512\t''
EdDSA\t''"
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from jwt" -l secret -d 'The expected secret' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from jwt" -l is-secret-base64-encoded -d 'The secret is bytes, given in base64' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from jwt" -l private-key -d 'The public key in PEM, or the private one' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from jwt" -l add-token-to -d 'The place of the token' -r -f -a "header\t''
queryParam\t''"
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from jwt" -l header-prefix -d 'The word before the token' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from jwt" -l query-param-key -d 'The query parameter\'s name' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from jwt" -l from -d 'Input format' -r -f -a "auto\t'Detect the format of each document'
har\t'HAR 1.2: a request object, an entry or a whole file; also requests written by hand'
curl\t'curl command lines, as browsers copy them'
vegeta\t'Targets of vegeta (`header` a map of lists, `body` in base64)'
url\t'One URL per line; sent as GET'
postman\t'Postman\'s collections: a file (version 2), or the folder of one (version 3)'
opencollection\t'A folder of OpenCollection or .bru files, as Bruno writes it'
openapi\t'OpenAPI 3 in JSON or YAML: a request for each operation'
insomnia\t'Insomnia\'s exports: version 4 in JSON, version 5 in YAML'
http-file\t'A .http file, as editors run it'"
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from jwt" -l var -d 'Replace {{NAME}} by VALUE' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from jwt" -l env-file -d 'Take values of {{NAME}} from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from jwt" -l globals -d 'Take values that nothing else has from this file' -r -F
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from jwt" -l now -d 'Verify as if it were this time: RFC 3339, or @SECONDS since 1970' -r
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from jwt" -s q -l quiet -d 'Print only errors on stderr'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from jwt" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from jwt" -s h -l help -d 'Print help'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from jwt" -s V -l version -d 'Print the version'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from jwt" -l allow-files -d 'Let the input name files to read'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from jwt" -l strict -d 'Stop at the first line that fails'
complete -c sign -n "__fish_sign_using_subcommand verify; and __fish_seen_subcommand_from jwt" -l allow-unresolved -d 'Keep {{NAME}} if nothing defines it'
