# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_oauth_token_global_optspecs
    string join \n color= q/quiet v/verbose h/help V/version
end

function __fish_oauth_token_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_oauth_token_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_oauth_token_using_subcommand
    set -l cmd (__fish_oauth_token_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c oauth-token -n "__fish_oauth_token_needs_command" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c oauth-token -n "__fish_oauth_token_needs_command" -s q -l quiet -d 'Print only errors on stderr'
complete -c oauth-token -n "__fish_oauth_token_needs_command" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c oauth-token -n "__fish_oauth_token_needs_command" -s h -l help -d 'Print help'
complete -c oauth-token -n "__fish_oauth_token_needs_command" -s V -l version -d 'Print the version'
complete -c oauth-token -n "__fish_oauth_token_needs_command" -f -a "get" -d 'Print a token that is valid now'
complete -c oauth-token -n "__fish_oauth_token_needs_command" -f -a "refresh" -d 'Refresh a kept token now, due or not, and print it'
complete -c oauth-token -n "__fish_oauth_token_needs_command" -f -a "exec" -d 'Run a command with the token in ACCESS_TOKEN'
complete -c oauth-token -n "__fish_oauth_token_needs_command" -f -a "git-credential" -d 'Answer git as a credential helper'
complete -c oauth-token -n "__fish_oauth_token_needs_command" -f -a "docker-credential" -d 'Answer docker as a credential helper'
complete -c oauth-token -n "__fish_oauth_token_needs_command" -f -a "list" -d 'List the kept tokens'
complete -c oauth-token -n "__fish_oauth_token_needs_command" -f -a "show" -d 'Show a token and its settings, secrets masked'
complete -c oauth-token -n "__fish_oauth_token_needs_command" -f -a "delete" -d 'Delete a kept token without revoking it'
complete -c oauth-token -n "__fish_oauth_token_needs_command" -f -a "rename" -d 'Rename a token'
complete -c oauth-token -n "__fish_oauth_token_needs_command" -f -a "export" -d 'Write tokens to stdout, encrypted with a pass phrase'
complete -c oauth-token -n "__fish_oauth_token_needs_command" -f -a "import" -d 'Keep the tokens of an exported file'
complete -c oauth-token -n "__fish_oauth_token_needs_command" -f -a "revoke" -d 'Revoke a token at the server, then delete it'
complete -c oauth-token -n "__fish_oauth_token_needs_command" -f -a "profile" -d 'Write and read profiles (profiles.toml)'
complete -c oauth-token -n "__fish_oauth_token_needs_command" -f -a "provider" -d 'Tell what is known about providers, for --provider'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l format -d 'Output format' -r -f -a "bare\t'The token alone'
json\t'One line of JSON'
header\t'A header, for `curl -H @-`'
env\t'Shell assignments'
curl-config\t'For `curl -K -`'
netrc\t'A line of .netrc, for --host or the host of the token endpoint'
exec-credential\t'The object that kubectl reads from its credential plugins'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l token-name -d 'The name to keep the token under' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l provider -d 'Use what is known about this provider' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l grant -d 'The OAuth grant to use' -r -f -a "authorization_code\t'Sign-in in a browser, with PKCE (RFC 6749 section 4.1, RFC 7636)'
implicit\t'Sign-in in a browser, without a token endpoint (RFC 6749 section 4.2)'
password\t'The user\'s name and password (RFC 6749 section 4.3)'
client_credentials\t'The client\'s own id and secret (RFC 6749 section 4.4)'
refresh_token\t'A refresh token got elsewhere (RFC 6749 section 6)'
device_code\t'Sign-in on another device, with a code (RFC 8628)'
token_exchange\t'One token in exchange for another (RFC 8693)'
jwt_bearer\t'A signed assertion (RFC 7523 section 2.1)'
oauth1\t'OAuth 1.0a, with sign-in in a browser (RFC 5849)'
login\t'Name and password to a login call that answers with a token'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l callback-url -d 'The redirect URI' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l auth-url -d 'The authorization endpoint' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l access-token-url -d 'The token endpoint' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l client-id -d 'The client\'s id' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l client-secret -d 'The client\'s secret' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l scope -d 'Scopes, separated by spaces' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l state -d 'The state parameter' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l username -d 'The user\'s name, for the password grant' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l password -d 'The user\'s password, for the password grant' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l resource -d 'The resource that the token is for (RFC 8707)' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l audience -d 'The audience that the token is for' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l code-challenge-method -d 'PKCE method (RFC 7636)' -r -f -a "S256\t''
plain\t''
none\t''"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l code-verifier -d 'The PKCE verifier' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l header-prefix -d 'The word before the token in a header' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l use -d 'The token to hand out' -r -f -a "access_token\t'The access token'
id_token\t'The ID token of OpenID Connect'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l variable -d 'The variable of --format env and of exec' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l client-authentication -d 'How the client authenticates' -r -f -a "header\t'HTTP Basic, with id and secret form-encoded first (RFC 6749 section 2.3.1)'
body\t'client_id and client_secret in the body'
none\t'client_id alone: a public client'
client_secret_jwt\t'A JWT signed with the secret (RFC 7523 section 2.2)'
private_key_jwt\t'A JWT signed with a private key (RFC 7523 section 2.2)'
tls\t'The client\'s TLS certificate (RFC 8705)'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l discover -d 'Ask this issuer for its endpoints' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l device-authorization-url -d 'The device authorization endpoint (RFC 8628)' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l revocation-url -d 'The revocation endpoint (RFC 7009)' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l refresh-token -d 'The refresh token of the refresh_token grant' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l private-key -d 'The client\'s private key, in PEM' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l key-id -d 'Key id (kid) of client assertions' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l assertion-cert -d 'The certificate of client assertions (x5t)' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l assertion -d 'The assertion of the jwt_bearer grant' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l key-file -d 'The key that signs the jwt_bearer assertion' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l assertion-claim -d 'Add a claim to the assertion of --key-file' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l assertion-in -d 'Where the assertion of jwt_bearer is sent' -r -f -a "body\t'The form (RFC 7523)'
header\t'The Authorization header, as for GitHub Apps'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l subject-token -d 'The token to exchange (RFC 8693)' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l subject-token-type -d 'Type of the token to exchange' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l consumer-key -d 'OAuth 1.0a: the client\'s key' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l consumer-secret -d 'OAuth 1.0a: the client\'s secret' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l request-token-url -d 'OAuth 1.0a: the first endpoint' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l signature-method -d 'OAuth 1.0a: the signature method' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l auth-param -d 'Add this to the authorization request' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l token-param -d 'Add this to token requests' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l token-header -d 'Add \'Name: value\' to token requests' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l token-request -d 'How token requests are written' -r -f -a "form\t'A form (RFC 6749)'
json\t'A JSON object, as Atlassian, Notion and login calls want'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l refresh-url -d 'The endpoint for refreshes' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l scope-separator -d 'What stands between two scopes' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l access-token-at -d 'Where the access token is in the answer' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l login-fields -d 'The names of the two fields of a login call' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l lifetime -d 'Lifetime if the server does not say' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l min-ttl -d 'Replace a token that expires within this time' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l timeout -d 'Give up if nobody signs in within this time' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l store -d 'Keep tokens with docker-credential-HELPER' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l listen -d 'Wait for the browser at this address' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l host -d 'A host that git or docker gets the token for' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -s m -l max-time -d 'Give up on a server after this long' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l connect-timeout -d 'Give up on connecting after this long' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -s x -l proxy -d 'Go through this proxy' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l cacert -d 'Trust the certificates in this PEM file too' -r -F
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l cert -d 'Our certificate, for servers that ask' -r -F
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l cert-key -d 'The private key of --cert' -r -F
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l now -d 'Act as if it were this time: RFC 3339, or @SECONDS since 1970' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l nonce -d 'Use this nonce instead of a random one' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l var -d 'Replace {{NAME}} by VALUE' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l env-file -d 'Take values of {{NAME}} from this file' -r -F
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l globals -d 'Take values that nothing else has from this file' -r -F
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l reveal -d 'Print refresh token and ID token too, in JSON'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l all -d 'Print the other members of the answer, in JSON'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -s q -l quiet -d 'Print only errors on stderr'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -s h -l help -d 'Print help'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -s V -l version -d 'Print the version'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l no-par -d 'Push no authorization request (RFC 9126)'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l allow-unconfirmed -d 'OAuth 1.0a: take an unconfirmed callback'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l fresh -d 'Get a new token, whatever is kept'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l no-browser -d 'Start no browser'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l no-input -d 'Never prompt; exit 5 if a person is needed'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l allow-http -d 'Send secrets over plain http to any host'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand get" -l allow-unresolved -d 'Keep {{NAME}} if nothing defines it'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -l format -d 'Output format' -r -f -a "bare\t'The token alone'
json\t'One line of JSON'
header\t'A header, for `curl -H @-`'
env\t'Shell assignments'
curl-config\t'For `curl -K -`'
netrc\t'A line of .netrc, for --host or the host of the token endpoint'
exec-credential\t'The object that kubectl reads from its credential plugins'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -l token-name -d 'The name to keep the token under' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -l provider -d 'Use what is known about this provider' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -l access-token-url -d 'The token endpoint' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -l client-id -d 'The client\'s id' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -l client-secret -d 'The client\'s secret' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -l resource -d 'The resource that the token is for (RFC 8707)' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -l header-prefix -d 'The word before the token in a header' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -l use -d 'The token to hand out' -r -f -a "access_token\t'The access token'
id_token\t'The ID token of OpenID Connect'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -l variable -d 'The variable of --format env and of exec' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -l client-authentication -d 'How the client authenticates' -r -f -a "header\t'HTTP Basic, with id and secret form-encoded first (RFC 6749 section 2.3.1)'
body\t'client_id and client_secret in the body'
none\t'client_id alone: a public client'
client_secret_jwt\t'A JWT signed with the secret (RFC 7523 section 2.2)'
private_key_jwt\t'A JWT signed with a private key (RFC 7523 section 2.2)'
tls\t'The client\'s TLS certificate (RFC 8705)'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -l private-key -d 'The client\'s private key, in PEM' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -l key-id -d 'Key id (kid) of client assertions' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -l assertion-cert -d 'The certificate of client assertions (x5t)' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -l token-param -d 'Add this to token requests' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -l token-header -d 'Add \'Name: value\' to token requests' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -l token-request -d 'How token requests are written' -r -f -a "form\t'A form (RFC 6749)'
json\t'A JSON object, as Atlassian, Notion and login calls want'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -l refresh-url -d 'The endpoint for refreshes' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -l access-token-at -d 'Where the access token is in the answer' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -l lifetime -d 'Lifetime if the server does not say' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -l store -d 'Keep tokens with docker-credential-HELPER' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -l host -d 'A host that git or docker gets the token for' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -s m -l max-time -d 'Give up on a server after this long' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -l connect-timeout -d 'Give up on connecting after this long' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -s x -l proxy -d 'Go through this proxy' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -l cacert -d 'Trust the certificates in this PEM file too' -r -F
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -l cert -d 'Our certificate, for servers that ask' -r -F
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -l cert-key -d 'The private key of --cert' -r -F
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -l now -d 'Act as if it were this time: RFC 3339, or @SECONDS since 1970' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -l nonce -d 'Use this nonce instead of a random one' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -l var -d 'Replace {{NAME}} by VALUE' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -l env-file -d 'Take values of {{NAME}} from this file' -r -F
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -l globals -d 'Take values that nothing else has from this file' -r -F
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -l reveal -d 'Print refresh token and ID token too, in JSON'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -l all -d 'Print the other members of the answer, in JSON'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -s q -l quiet -d 'Print only errors on stderr'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -s h -l help -d 'Print help'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -s V -l version -d 'Print the version'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -l no-input -d 'Never prompt; exit 5 if a person is needed'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -l allow-http -d 'Send secrets over plain http to any host'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand refresh" -l allow-unresolved -d 'Keep {{NAME}} if nothing defines it'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l token-name -d 'The name to keep the token under' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l provider -d 'Use what is known about this provider' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l grant -d 'The OAuth grant to use' -r -f -a "authorization_code\t'Sign-in in a browser, with PKCE (RFC 6749 section 4.1, RFC 7636)'
implicit\t'Sign-in in a browser, without a token endpoint (RFC 6749 section 4.2)'
password\t'The user\'s name and password (RFC 6749 section 4.3)'
client_credentials\t'The client\'s own id and secret (RFC 6749 section 4.4)'
refresh_token\t'A refresh token got elsewhere (RFC 6749 section 6)'
device_code\t'Sign-in on another device, with a code (RFC 8628)'
token_exchange\t'One token in exchange for another (RFC 8693)'
jwt_bearer\t'A signed assertion (RFC 7523 section 2.1)'
oauth1\t'OAuth 1.0a, with sign-in in a browser (RFC 5849)'
login\t'Name and password to a login call that answers with a token'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l callback-url -d 'The redirect URI' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l auth-url -d 'The authorization endpoint' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l access-token-url -d 'The token endpoint' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l client-id -d 'The client\'s id' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l client-secret -d 'The client\'s secret' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l scope -d 'Scopes, separated by spaces' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l state -d 'The state parameter' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l username -d 'The user\'s name, for the password grant' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l password -d 'The user\'s password, for the password grant' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l resource -d 'The resource that the token is for (RFC 8707)' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l audience -d 'The audience that the token is for' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l code-challenge-method -d 'PKCE method (RFC 7636)' -r -f -a "S256\t''
plain\t''
none\t''"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l code-verifier -d 'The PKCE verifier' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l header-prefix -d 'The word before the token in a header' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l use -d 'The token to hand out' -r -f -a "access_token\t'The access token'
id_token\t'The ID token of OpenID Connect'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l variable -d 'The variable of --format env and of exec' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l client-authentication -d 'How the client authenticates' -r -f -a "header\t'HTTP Basic, with id and secret form-encoded first (RFC 6749 section 2.3.1)'
body\t'client_id and client_secret in the body'
none\t'client_id alone: a public client'
client_secret_jwt\t'A JWT signed with the secret (RFC 7523 section 2.2)'
private_key_jwt\t'A JWT signed with a private key (RFC 7523 section 2.2)'
tls\t'The client\'s TLS certificate (RFC 8705)'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l discover -d 'Ask this issuer for its endpoints' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l device-authorization-url -d 'The device authorization endpoint (RFC 8628)' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l revocation-url -d 'The revocation endpoint (RFC 7009)' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l refresh-token -d 'The refresh token of the refresh_token grant' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l private-key -d 'The client\'s private key, in PEM' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l key-id -d 'Key id (kid) of client assertions' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l assertion-cert -d 'The certificate of client assertions (x5t)' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l assertion -d 'The assertion of the jwt_bearer grant' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l key-file -d 'The key that signs the jwt_bearer assertion' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l assertion-claim -d 'Add a claim to the assertion of --key-file' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l assertion-in -d 'Where the assertion of jwt_bearer is sent' -r -f -a "body\t'The form (RFC 7523)'
header\t'The Authorization header, as for GitHub Apps'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l subject-token -d 'The token to exchange (RFC 8693)' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l subject-token-type -d 'Type of the token to exchange' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l consumer-key -d 'OAuth 1.0a: the client\'s key' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l consumer-secret -d 'OAuth 1.0a: the client\'s secret' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l request-token-url -d 'OAuth 1.0a: the first endpoint' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l signature-method -d 'OAuth 1.0a: the signature method' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l auth-param -d 'Add this to the authorization request' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l token-param -d 'Add this to token requests' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l token-header -d 'Add \'Name: value\' to token requests' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l token-request -d 'How token requests are written' -r -f -a "form\t'A form (RFC 6749)'
json\t'A JSON object, as Atlassian, Notion and login calls want'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l refresh-url -d 'The endpoint for refreshes' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l scope-separator -d 'What stands between two scopes' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l access-token-at -d 'Where the access token is in the answer' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l login-fields -d 'The names of the two fields of a login call' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l lifetime -d 'Lifetime if the server does not say' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l min-ttl -d 'Replace a token that expires within this time' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l timeout -d 'Give up if nobody signs in within this time' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l store -d 'Keep tokens with docker-credential-HELPER' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l listen -d 'Wait for the browser at this address' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l host -d 'A host that git or docker gets the token for' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -s m -l max-time -d 'Give up on a server after this long' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l connect-timeout -d 'Give up on connecting after this long' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -s x -l proxy -d 'Go through this proxy' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l cacert -d 'Trust the certificates in this PEM file too' -r -F
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l cert -d 'Our certificate, for servers that ask' -r -F
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l cert-key -d 'The private key of --cert' -r -F
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l now -d 'Act as if it were this time: RFC 3339, or @SECONDS since 1970' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l nonce -d 'Use this nonce instead of a random one' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l var -d 'Replace {{NAME}} by VALUE' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l env-file -d 'Take values of {{NAME}} from this file' -r -F
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l globals -d 'Take values that nothing else has from this file' -r -F
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -s q -l quiet -d 'Print only errors on stderr'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -s h -l help -d 'Print help'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -s V -l version -d 'Print the version'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l no-par -d 'Push no authorization request (RFC 9126)'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l allow-unconfirmed -d 'OAuth 1.0a: take an unconfirmed callback'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l fresh -d 'Get a new token, whatever is kept'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l no-browser -d 'Start no browser'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l no-input -d 'Never prompt; exit 5 if a person is needed'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l allow-http -d 'Send secrets over plain http to any host'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand exec" -l allow-unresolved -d 'Keep {{NAME}} if nothing defines it'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l token-name -d 'The name to keep the token under' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l provider -d 'Use what is known about this provider' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l grant -d 'The OAuth grant to use' -r -f -a "authorization_code\t'Sign-in in a browser, with PKCE (RFC 6749 section 4.1, RFC 7636)'
implicit\t'Sign-in in a browser, without a token endpoint (RFC 6749 section 4.2)'
password\t'The user\'s name and password (RFC 6749 section 4.3)'
client_credentials\t'The client\'s own id and secret (RFC 6749 section 4.4)'
refresh_token\t'A refresh token got elsewhere (RFC 6749 section 6)'
device_code\t'Sign-in on another device, with a code (RFC 8628)'
token_exchange\t'One token in exchange for another (RFC 8693)'
jwt_bearer\t'A signed assertion (RFC 7523 section 2.1)'
oauth1\t'OAuth 1.0a, with sign-in in a browser (RFC 5849)'
login\t'Name and password to a login call that answers with a token'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l callback-url -d 'The redirect URI' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l auth-url -d 'The authorization endpoint' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l access-token-url -d 'The token endpoint' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l client-id -d 'The client\'s id' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l client-secret -d 'The client\'s secret' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l scope -d 'Scopes, separated by spaces' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l state -d 'The state parameter' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l username -d 'The user\'s name, for the password grant' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l password -d 'The user\'s password, for the password grant' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l resource -d 'The resource that the token is for (RFC 8707)' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l audience -d 'The audience that the token is for' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l code-challenge-method -d 'PKCE method (RFC 7636)' -r -f -a "S256\t''
plain\t''
none\t''"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l code-verifier -d 'The PKCE verifier' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l header-prefix -d 'The word before the token in a header' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l use -d 'The token to hand out' -r -f -a "access_token\t'The access token'
id_token\t'The ID token of OpenID Connect'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l variable -d 'The variable of --format env and of exec' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l client-authentication -d 'How the client authenticates' -r -f -a "header\t'HTTP Basic, with id and secret form-encoded first (RFC 6749 section 2.3.1)'
body\t'client_id and client_secret in the body'
none\t'client_id alone: a public client'
client_secret_jwt\t'A JWT signed with the secret (RFC 7523 section 2.2)'
private_key_jwt\t'A JWT signed with a private key (RFC 7523 section 2.2)'
tls\t'The client\'s TLS certificate (RFC 8705)'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l discover -d 'Ask this issuer for its endpoints' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l device-authorization-url -d 'The device authorization endpoint (RFC 8628)' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l revocation-url -d 'The revocation endpoint (RFC 7009)' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l refresh-token -d 'The refresh token of the refresh_token grant' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l private-key -d 'The client\'s private key, in PEM' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l key-id -d 'Key id (kid) of client assertions' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l assertion-cert -d 'The certificate of client assertions (x5t)' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l assertion -d 'The assertion of the jwt_bearer grant' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l key-file -d 'The key that signs the jwt_bearer assertion' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l assertion-claim -d 'Add a claim to the assertion of --key-file' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l assertion-in -d 'Where the assertion of jwt_bearer is sent' -r -f -a "body\t'The form (RFC 7523)'
header\t'The Authorization header, as for GitHub Apps'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l subject-token -d 'The token to exchange (RFC 8693)' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l subject-token-type -d 'Type of the token to exchange' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l consumer-key -d 'OAuth 1.0a: the client\'s key' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l consumer-secret -d 'OAuth 1.0a: the client\'s secret' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l request-token-url -d 'OAuth 1.0a: the first endpoint' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l signature-method -d 'OAuth 1.0a: the signature method' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l auth-param -d 'Add this to the authorization request' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l token-param -d 'Add this to token requests' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l token-header -d 'Add \'Name: value\' to token requests' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l token-request -d 'How token requests are written' -r -f -a "form\t'A form (RFC 6749)'
json\t'A JSON object, as Atlassian, Notion and login calls want'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l refresh-url -d 'The endpoint for refreshes' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l scope-separator -d 'What stands between two scopes' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l access-token-at -d 'Where the access token is in the answer' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l login-fields -d 'The names of the two fields of a login call' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l lifetime -d 'Lifetime if the server does not say' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l min-ttl -d 'Replace a token that expires within this time' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l timeout -d 'Give up if nobody signs in within this time' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l store -d 'Keep tokens with docker-credential-HELPER' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l listen -d 'Wait for the browser at this address' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l host -d 'A host that git or docker gets the token for' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -s m -l max-time -d 'Give up on a server after this long' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l connect-timeout -d 'Give up on connecting after this long' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -s x -l proxy -d 'Go through this proxy' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l cacert -d 'Trust the certificates in this PEM file too' -r -F
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l cert -d 'Our certificate, for servers that ask' -r -F
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l cert-key -d 'The private key of --cert' -r -F
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l now -d 'Act as if it were this time: RFC 3339, or @SECONDS since 1970' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l nonce -d 'Use this nonce instead of a random one' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l var -d 'Replace {{NAME}} by VALUE' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l env-file -d 'Take values of {{NAME}} from this file' -r -F
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l globals -d 'Take values that nothing else has from this file' -r -F
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -s q -l quiet -d 'Print only errors on stderr'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -s h -l help -d 'Print help'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -s V -l version -d 'Print the version'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l no-par -d 'Push no authorization request (RFC 9126)'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l allow-unconfirmed -d 'OAuth 1.0a: take an unconfirmed callback'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l fresh -d 'Get a new token, whatever is kept'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l no-browser -d 'Start no browser'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l no-input -d 'Never prompt; exit 5 if a person is needed'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l allow-http -d 'Send secrets over plain http to any host'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand git-credential" -l allow-unresolved -d 'Keep {{NAME}} if nothing defines it'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l token-name -d 'The name to keep the token under' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l provider -d 'Use what is known about this provider' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l grant -d 'The OAuth grant to use' -r -f -a "authorization_code\t'Sign-in in a browser, with PKCE (RFC 6749 section 4.1, RFC 7636)'
implicit\t'Sign-in in a browser, without a token endpoint (RFC 6749 section 4.2)'
password\t'The user\'s name and password (RFC 6749 section 4.3)'
client_credentials\t'The client\'s own id and secret (RFC 6749 section 4.4)'
refresh_token\t'A refresh token got elsewhere (RFC 6749 section 6)'
device_code\t'Sign-in on another device, with a code (RFC 8628)'
token_exchange\t'One token in exchange for another (RFC 8693)'
jwt_bearer\t'A signed assertion (RFC 7523 section 2.1)'
oauth1\t'OAuth 1.0a, with sign-in in a browser (RFC 5849)'
login\t'Name and password to a login call that answers with a token'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l callback-url -d 'The redirect URI' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l auth-url -d 'The authorization endpoint' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l access-token-url -d 'The token endpoint' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l client-id -d 'The client\'s id' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l client-secret -d 'The client\'s secret' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l scope -d 'Scopes, separated by spaces' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l state -d 'The state parameter' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l username -d 'The user\'s name, for the password grant' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l password -d 'The user\'s password, for the password grant' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l resource -d 'The resource that the token is for (RFC 8707)' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l audience -d 'The audience that the token is for' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l code-challenge-method -d 'PKCE method (RFC 7636)' -r -f -a "S256\t''
plain\t''
none\t''"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l code-verifier -d 'The PKCE verifier' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l header-prefix -d 'The word before the token in a header' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l use -d 'The token to hand out' -r -f -a "access_token\t'The access token'
id_token\t'The ID token of OpenID Connect'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l variable -d 'The variable of --format env and of exec' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l client-authentication -d 'How the client authenticates' -r -f -a "header\t'HTTP Basic, with id and secret form-encoded first (RFC 6749 section 2.3.1)'
body\t'client_id and client_secret in the body'
none\t'client_id alone: a public client'
client_secret_jwt\t'A JWT signed with the secret (RFC 7523 section 2.2)'
private_key_jwt\t'A JWT signed with a private key (RFC 7523 section 2.2)'
tls\t'The client\'s TLS certificate (RFC 8705)'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l discover -d 'Ask this issuer for its endpoints' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l device-authorization-url -d 'The device authorization endpoint (RFC 8628)' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l revocation-url -d 'The revocation endpoint (RFC 7009)' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l refresh-token -d 'The refresh token of the refresh_token grant' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l private-key -d 'The client\'s private key, in PEM' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l key-id -d 'Key id (kid) of client assertions' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l assertion-cert -d 'The certificate of client assertions (x5t)' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l assertion -d 'The assertion of the jwt_bearer grant' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l key-file -d 'The key that signs the jwt_bearer assertion' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l assertion-claim -d 'Add a claim to the assertion of --key-file' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l assertion-in -d 'Where the assertion of jwt_bearer is sent' -r -f -a "body\t'The form (RFC 7523)'
header\t'The Authorization header, as for GitHub Apps'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l subject-token -d 'The token to exchange (RFC 8693)' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l subject-token-type -d 'Type of the token to exchange' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l consumer-key -d 'OAuth 1.0a: the client\'s key' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l consumer-secret -d 'OAuth 1.0a: the client\'s secret' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l request-token-url -d 'OAuth 1.0a: the first endpoint' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l signature-method -d 'OAuth 1.0a: the signature method' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l auth-param -d 'Add this to the authorization request' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l token-param -d 'Add this to token requests' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l token-header -d 'Add \'Name: value\' to token requests' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l token-request -d 'How token requests are written' -r -f -a "form\t'A form (RFC 6749)'
json\t'A JSON object, as Atlassian, Notion and login calls want'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l refresh-url -d 'The endpoint for refreshes' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l scope-separator -d 'What stands between two scopes' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l access-token-at -d 'Where the access token is in the answer' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l login-fields -d 'The names of the two fields of a login call' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l lifetime -d 'Lifetime if the server does not say' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l min-ttl -d 'Replace a token that expires within this time' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l timeout -d 'Give up if nobody signs in within this time' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l store -d 'Keep tokens with docker-credential-HELPER' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l listen -d 'Wait for the browser at this address' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l host -d 'A host that git or docker gets the token for' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -s m -l max-time -d 'Give up on a server after this long' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l connect-timeout -d 'Give up on connecting after this long' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -s x -l proxy -d 'Go through this proxy' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l cacert -d 'Trust the certificates in this PEM file too' -r -F
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l cert -d 'Our certificate, for servers that ask' -r -F
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l cert-key -d 'The private key of --cert' -r -F
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l now -d 'Act as if it were this time: RFC 3339, or @SECONDS since 1970' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l nonce -d 'Use this nonce instead of a random one' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l var -d 'Replace {{NAME}} by VALUE' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l env-file -d 'Take values of {{NAME}} from this file' -r -F
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l globals -d 'Take values that nothing else has from this file' -r -F
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -s q -l quiet -d 'Print only errors on stderr'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -s h -l help -d 'Print help'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -s V -l version -d 'Print the version'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l no-par -d 'Push no authorization request (RFC 9126)'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l allow-unconfirmed -d 'OAuth 1.0a: take an unconfirmed callback'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l fresh -d 'Get a new token, whatever is kept'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l no-browser -d 'Start no browser'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l no-input -d 'Never prompt; exit 5 if a person is needed'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l allow-http -d 'Send secrets over plain http to any host'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand docker-credential" -l allow-unresolved -d 'Keep {{NAME}} if nothing defines it'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand list" -l store -d 'Keep tokens with docker-credential-HELPER' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand list" -l now -d 'Act as if it were this time: RFC 3339, or @SECONDS since 1970' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand list" -l json -d 'Print JSON'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand list" -s q -l quiet -d 'Print only errors on stderr'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand list" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand list" -s h -l help -d 'Print help'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand list" -s V -l version -d 'Print the version'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand show" -l store -d 'Keep tokens with docker-credential-HELPER' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand show" -l now -d 'Act as if it were this time: RFC 3339, or @SECONDS since 1970' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand show" -l reveal -d 'Show the secrets too'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand show" -l json -d 'Print JSON'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand show" -s q -l quiet -d 'Print only errors on stderr'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand show" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand show" -s h -l help -d 'Print help'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand show" -s V -l version -d 'Print the version'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand delete" -l store -d 'Keep tokens with docker-credential-HELPER' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand delete" -l now -d 'Act as if it were this time: RFC 3339, or @SECONDS since 1970' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand delete" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand delete" -s q -l quiet -d 'Print only errors on stderr'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand delete" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand delete" -s h -l help -d 'Print help'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand delete" -s V -l version -d 'Print the version'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand rename" -l store -d 'Keep tokens with docker-credential-HELPER' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand rename" -l now -d 'Act as if it were this time: RFC 3339, or @SECONDS since 1970' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand rename" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand rename" -s q -l quiet -d 'Print only errors on stderr'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand rename" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand rename" -s h -l help -d 'Print help'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand rename" -s V -l version -d 'Print the version'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand export" -l passphrase -d 'The pass phrase' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand export" -l store -d 'Keep tokens with docker-credential-HELPER' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand export" -l now -d 'Act as if it were this time: RFC 3339, or @SECONDS since 1970' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand export" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand export" -s q -l quiet -d 'Print only errors on stderr'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand export" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand export" -s h -l help -d 'Print help'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand export" -s V -l version -d 'Print the version'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand import" -l passphrase -d 'The pass phrase' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand import" -l store -d 'Keep tokens with docker-credential-HELPER' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand import" -l now -d 'Act as if it were this time: RFC 3339, or @SECONDS since 1970' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand import" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand import" -l force -d 'Replace tokens of the same name'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand import" -s q -l quiet -d 'Print only errors on stderr'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand import" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand import" -s h -l help -d 'Print help'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand import" -s V -l version -d 'Print the version'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand revoke" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand revoke" -l token-name -d 'The name to keep the token under' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand revoke" -l provider -d 'Use what is known about this provider' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand revoke" -l client-id -d 'The client\'s id' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand revoke" -l client-secret -d 'The client\'s secret' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand revoke" -l client-authentication -d 'How the client authenticates' -r -f -a "header\t'HTTP Basic, with id and secret form-encoded first (RFC 6749 section 2.3.1)'
body\t'client_id and client_secret in the body'
none\t'client_id alone: a public client'
client_secret_jwt\t'A JWT signed with the secret (RFC 7523 section 2.2)'
private_key_jwt\t'A JWT signed with a private key (RFC 7523 section 2.2)'
tls\t'The client\'s TLS certificate (RFC 8705)'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand revoke" -l revocation-url -d 'The revocation endpoint (RFC 7009)' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand revoke" -l private-key -d 'The client\'s private key, in PEM' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand revoke" -l key-id -d 'Key id (kid) of client assertions' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand revoke" -l assertion-cert -d 'The certificate of client assertions (x5t)' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand revoke" -l token-header -d 'Add \'Name: value\' to token requests' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand revoke" -l token-request -d 'How token requests are written' -r -f -a "form\t'A form (RFC 6749)'
json\t'A JSON object, as Atlassian, Notion and login calls want'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand revoke" -l store -d 'Keep tokens with docker-credential-HELPER' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand revoke" -s m -l max-time -d 'Give up on a server after this long' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand revoke" -l connect-timeout -d 'Give up on connecting after this long' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand revoke" -s x -l proxy -d 'Go through this proxy' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand revoke" -l cacert -d 'Trust the certificates in this PEM file too' -r -F
complete -c oauth-token -n "__fish_oauth_token_using_subcommand revoke" -l cert -d 'Our certificate, for servers that ask' -r -F
complete -c oauth-token -n "__fish_oauth_token_using_subcommand revoke" -l cert-key -d 'The private key of --cert' -r -F
complete -c oauth-token -n "__fish_oauth_token_using_subcommand revoke" -l now -d 'Act as if it were this time: RFC 3339, or @SECONDS since 1970' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand revoke" -l nonce -d 'Use this nonce instead of a random one' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand revoke" -l var -d 'Replace {{NAME}} by VALUE' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand revoke" -l env-file -d 'Take values of {{NAME}} from this file' -r -F
complete -c oauth-token -n "__fish_oauth_token_using_subcommand revoke" -l globals -d 'Take values that nothing else has from this file' -r -F
complete -c oauth-token -n "__fish_oauth_token_using_subcommand revoke" -s q -l quiet -d 'Print only errors on stderr'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand revoke" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand revoke" -s h -l help -d 'Print help'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand revoke" -s V -l version -d 'Print the version'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand revoke" -l no-input -d 'Never prompt; exit 5 if a person is needed'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand revoke" -l allow-http -d 'Send secrets over plain http to any host'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand revoke" -l allow-unresolved -d 'Keep {{NAME}} if nothing defines it'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and not __fish_seen_subcommand_from add set remove list show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and not __fish_seen_subcommand_from add set remove list show" -s q -l quiet -d 'Print only errors on stderr'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and not __fish_seen_subcommand_from add set remove list show" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and not __fish_seen_subcommand_from add set remove list show" -s h -l help -d 'Print help'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and not __fish_seen_subcommand_from add set remove list show" -s V -l version -d 'Print the version'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and not __fish_seen_subcommand_from add set remove list show" -f -a "add" -d 'Write a profile; without options, ask on the terminal'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and not __fish_seen_subcommand_from add set remove list show" -f -a "set" -d 'Change some settings of a profile; the others and all comments stay'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and not __fish_seen_subcommand_from add set remove list show" -f -a "remove" -d 'Remove a profile; a token that was got with it stays'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and not __fish_seen_subcommand_from add set remove list show" -f -a "list" -d 'List the profiles'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and not __fish_seen_subcommand_from add set remove list show" -f -a "show" -d 'Print a profile'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l from-postman -d 'Import the oauth2 settings of a Postman export' -r -F
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l token-name -d 'The name to keep the token under' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l provider -d 'Use what is known about this provider' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l grant -d 'The OAuth grant to use' -r -f -a "authorization_code\t'Sign-in in a browser, with PKCE (RFC 6749 section 4.1, RFC 7636)'
implicit\t'Sign-in in a browser, without a token endpoint (RFC 6749 section 4.2)'
password\t'The user\'s name and password (RFC 6749 section 4.3)'
client_credentials\t'The client\'s own id and secret (RFC 6749 section 4.4)'
refresh_token\t'A refresh token got elsewhere (RFC 6749 section 6)'
device_code\t'Sign-in on another device, with a code (RFC 8628)'
token_exchange\t'One token in exchange for another (RFC 8693)'
jwt_bearer\t'A signed assertion (RFC 7523 section 2.1)'
oauth1\t'OAuth 1.0a, with sign-in in a browser (RFC 5849)'
login\t'Name and password to a login call that answers with a token'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l callback-url -d 'The redirect URI' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l auth-url -d 'The authorization endpoint' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l access-token-url -d 'The token endpoint' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l client-id -d 'The client\'s id' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l client-secret -d 'The client\'s secret' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l scope -d 'Scopes, separated by spaces' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l state -d 'The state parameter' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l username -d 'The user\'s name, for the password grant' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l password -d 'The user\'s password, for the password grant' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l resource -d 'The resource that the token is for (RFC 8707)' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l audience -d 'The audience that the token is for' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l code-challenge-method -d 'PKCE method (RFC 7636)' -r -f -a "S256\t''
plain\t''
none\t''"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l code-verifier -d 'The PKCE verifier' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l header-prefix -d 'The word before the token in a header' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l use -d 'The token to hand out' -r -f -a "access_token\t'The access token'
id_token\t'The ID token of OpenID Connect'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l variable -d 'The variable of --format env and of exec' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l client-authentication -d 'How the client authenticates' -r -f -a "header\t'HTTP Basic, with id and secret form-encoded first (RFC 6749 section 2.3.1)'
body\t'client_id and client_secret in the body'
none\t'client_id alone: a public client'
client_secret_jwt\t'A JWT signed with the secret (RFC 7523 section 2.2)'
private_key_jwt\t'A JWT signed with a private key (RFC 7523 section 2.2)'
tls\t'The client\'s TLS certificate (RFC 8705)'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l discover -d 'Ask this issuer for its endpoints' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l device-authorization-url -d 'The device authorization endpoint (RFC 8628)' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l revocation-url -d 'The revocation endpoint (RFC 7009)' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l refresh-token -d 'The refresh token of the refresh_token grant' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l private-key -d 'The client\'s private key, in PEM' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l key-id -d 'Key id (kid) of client assertions' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l assertion-cert -d 'The certificate of client assertions (x5t)' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l assertion -d 'The assertion of the jwt_bearer grant' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l key-file -d 'The key that signs the jwt_bearer assertion' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l assertion-claim -d 'Add a claim to the assertion of --key-file' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l assertion-in -d 'Where the assertion of jwt_bearer is sent' -r -f -a "body\t'The form (RFC 7523)'
header\t'The Authorization header, as for GitHub Apps'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l subject-token -d 'The token to exchange (RFC 8693)' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l subject-token-type -d 'Type of the token to exchange' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l consumer-key -d 'OAuth 1.0a: the client\'s key' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l consumer-secret -d 'OAuth 1.0a: the client\'s secret' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l request-token-url -d 'OAuth 1.0a: the first endpoint' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l signature-method -d 'OAuth 1.0a: the signature method' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l auth-param -d 'Add this to the authorization request' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l token-param -d 'Add this to token requests' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l token-header -d 'Add \'Name: value\' to token requests' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l token-request -d 'How token requests are written' -r -f -a "form\t'A form (RFC 6749)'
json\t'A JSON object, as Atlassian, Notion and login calls want'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l refresh-url -d 'The endpoint for refreshes' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l scope-separator -d 'What stands between two scopes' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l access-token-at -d 'Where the access token is in the answer' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l login-fields -d 'The names of the two fields of a login call' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l lifetime -d 'Lifetime if the server does not say' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l min-ttl -d 'Replace a token that expires within this time' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l timeout -d 'Give up if nobody signs in within this time' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l store -d 'Keep tokens with docker-credential-HELPER' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l listen -d 'Wait for the browser at this address' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l host -d 'A host that git or docker gets the token for' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -s m -l max-time -d 'Give up on a server after this long' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l connect-timeout -d 'Give up on connecting after this long' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -s x -l proxy -d 'Go through this proxy' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l cacert -d 'Trust the certificates in this PEM file too' -r -F
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l cert -d 'Our certificate, for servers that ask' -r -F
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l cert-key -d 'The private key of --cert' -r -F
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l format -d 'Output format' -r -f -a "bare\t'The token alone'
json\t'One line of JSON'
header\t'A header, for `curl -H @-`'
env\t'Shell assignments'
curl-config\t'For `curl -K -`'
netrc\t'A line of .netrc, for --host or the host of the token endpoint'
exec-credential\t'The object that kubectl reads from its credential plugins'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l force -d 'Replace a profile of the same name'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l no-par -d 'Push no authorization request (RFC 9126)'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l allow-unconfirmed -d 'OAuth 1.0a: take an unconfirmed callback'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l fresh -d 'Get a new token, whatever is kept'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l no-browser -d 'Start no browser'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l no-input -d 'Never prompt; exit 5 if a person is needed'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -l allow-http -d 'Send secrets over plain http to any host'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Print only errors on stderr'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from add" -s V -l version -d 'Print the version'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l unset -d 'Remove this setting from the profile' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l token-name -d 'The name to keep the token under' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l provider -d 'Use what is known about this provider' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l grant -d 'The OAuth grant to use' -r -f -a "authorization_code\t'Sign-in in a browser, with PKCE (RFC 6749 section 4.1, RFC 7636)'
implicit\t'Sign-in in a browser, without a token endpoint (RFC 6749 section 4.2)'
password\t'The user\'s name and password (RFC 6749 section 4.3)'
client_credentials\t'The client\'s own id and secret (RFC 6749 section 4.4)'
refresh_token\t'A refresh token got elsewhere (RFC 6749 section 6)'
device_code\t'Sign-in on another device, with a code (RFC 8628)'
token_exchange\t'One token in exchange for another (RFC 8693)'
jwt_bearer\t'A signed assertion (RFC 7523 section 2.1)'
oauth1\t'OAuth 1.0a, with sign-in in a browser (RFC 5849)'
login\t'Name and password to a login call that answers with a token'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l callback-url -d 'The redirect URI' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l auth-url -d 'The authorization endpoint' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l access-token-url -d 'The token endpoint' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l client-id -d 'The client\'s id' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l client-secret -d 'The client\'s secret' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l scope -d 'Scopes, separated by spaces' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l state -d 'The state parameter' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l username -d 'The user\'s name, for the password grant' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l password -d 'The user\'s password, for the password grant' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l resource -d 'The resource that the token is for (RFC 8707)' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l audience -d 'The audience that the token is for' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l code-challenge-method -d 'PKCE method (RFC 7636)' -r -f -a "S256\t''
plain\t''
none\t''"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l code-verifier -d 'The PKCE verifier' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l header-prefix -d 'The word before the token in a header' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l use -d 'The token to hand out' -r -f -a "access_token\t'The access token'
id_token\t'The ID token of OpenID Connect'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l variable -d 'The variable of --format env and of exec' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l client-authentication -d 'How the client authenticates' -r -f -a "header\t'HTTP Basic, with id and secret form-encoded first (RFC 6749 section 2.3.1)'
body\t'client_id and client_secret in the body'
none\t'client_id alone: a public client'
client_secret_jwt\t'A JWT signed with the secret (RFC 7523 section 2.2)'
private_key_jwt\t'A JWT signed with a private key (RFC 7523 section 2.2)'
tls\t'The client\'s TLS certificate (RFC 8705)'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l discover -d 'Ask this issuer for its endpoints' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l device-authorization-url -d 'The device authorization endpoint (RFC 8628)' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l revocation-url -d 'The revocation endpoint (RFC 7009)' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l refresh-token -d 'The refresh token of the refresh_token grant' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l private-key -d 'The client\'s private key, in PEM' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l key-id -d 'Key id (kid) of client assertions' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l assertion-cert -d 'The certificate of client assertions (x5t)' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l assertion -d 'The assertion of the jwt_bearer grant' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l key-file -d 'The key that signs the jwt_bearer assertion' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l assertion-claim -d 'Add a claim to the assertion of --key-file' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l assertion-in -d 'Where the assertion of jwt_bearer is sent' -r -f -a "body\t'The form (RFC 7523)'
header\t'The Authorization header, as for GitHub Apps'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l subject-token -d 'The token to exchange (RFC 8693)' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l subject-token-type -d 'Type of the token to exchange' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l consumer-key -d 'OAuth 1.0a: the client\'s key' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l consumer-secret -d 'OAuth 1.0a: the client\'s secret' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l request-token-url -d 'OAuth 1.0a: the first endpoint' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l signature-method -d 'OAuth 1.0a: the signature method' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l auth-param -d 'Add this to the authorization request' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l token-param -d 'Add this to token requests' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l token-header -d 'Add \'Name: value\' to token requests' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l token-request -d 'How token requests are written' -r -f -a "form\t'A form (RFC 6749)'
json\t'A JSON object, as Atlassian, Notion and login calls want'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l refresh-url -d 'The endpoint for refreshes' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l scope-separator -d 'What stands between two scopes' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l access-token-at -d 'Where the access token is in the answer' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l login-fields -d 'The names of the two fields of a login call' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l lifetime -d 'Lifetime if the server does not say' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l min-ttl -d 'Replace a token that expires within this time' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l timeout -d 'Give up if nobody signs in within this time' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l store -d 'Keep tokens with docker-credential-HELPER' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l listen -d 'Wait for the browser at this address' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l host -d 'A host that git or docker gets the token for' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -s m -l max-time -d 'Give up on a server after this long' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l connect-timeout -d 'Give up on connecting after this long' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -s x -l proxy -d 'Go through this proxy' -r
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l cacert -d 'Trust the certificates in this PEM file too' -r -F
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l cert -d 'Our certificate, for servers that ask' -r -F
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l cert-key -d 'The private key of --cert' -r -F
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l format -d 'Output format' -r -f -a "bare\t'The token alone'
json\t'One line of JSON'
header\t'A header, for `curl -H @-`'
env\t'Shell assignments'
curl-config\t'For `curl -K -`'
netrc\t'A line of .netrc, for --host or the host of the token endpoint'
exec-credential\t'The object that kubectl reads from its credential plugins'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l no-par -d 'Push no authorization request (RFC 9126)'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l allow-unconfirmed -d 'OAuth 1.0a: take an unconfirmed callback'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l fresh -d 'Get a new token, whatever is kept'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l no-browser -d 'Start no browser'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l no-input -d 'Never prompt; exit 5 if a person is needed'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -l allow-http -d 'Send secrets over plain http to any host'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Print only errors on stderr'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from set" -s V -l version -d 'Print the version'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from remove" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Print only errors on stderr'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from remove" -s V -l version -d 'Print the version'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from list" -l json -d 'Print JSON'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only errors on stderr'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from list" -s V -l version -d 'Print the version'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from show" -l json -d 'Print JSON'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print only errors on stderr'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand profile; and __fish_seen_subcommand_from show" -s V -l version -d 'Print the version'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand provider; and not __fish_seen_subcommand_from list show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand provider; and not __fish_seen_subcommand_from list show" -s q -l quiet -d 'Print only errors on stderr'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand provider; and not __fish_seen_subcommand_from list show" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand provider; and not __fish_seen_subcommand_from list show" -s h -l help -d 'Print help'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand provider; and not __fish_seen_subcommand_from list show" -s V -l version -d 'Print the version'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand provider; and not __fish_seen_subcommand_from list show" -f -a "list" -d 'List the providers'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand provider; and not __fish_seen_subcommand_from list show" -f -a "show" -d 'Print what is known about a provider, and where it is documented'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand provider; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand provider; and __fish_seen_subcommand_from list" -l json -d 'Print JSON'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand provider; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only errors on stderr'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand provider; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand provider; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand provider; and __fish_seen_subcommand_from list" -s V -l version -d 'Print the version'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand provider; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c oauth-token -n "__fish_oauth_token_using_subcommand provider; and __fish_seen_subcommand_from show" -l json -d 'Print JSON'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand provider; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print only errors on stderr'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand provider; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand provider; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c oauth-token -n "__fish_oauth_token_using_subcommand provider; and __fish_seen_subcommand_from show" -s V -l version -d 'Print the version'
