
use builtin;
use str;

set edit:completion:arg-completer[capture] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'capture'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'capture'= {
            cand --source 'The source of requests'
            cand --listen 'The address that the proxy listens on'
            cand --from-browser 'Only this browser, or NAME:PROFILE'
            cand --url 'Only URLs that match'
            cand --not-url 'Skip URLs that match'
            cand --method 'Only this method'
            cand --domain 'Only this domain and its subdomains'
            cand --type 'Only this kind of request: xhr, document, image'
            cand --to 'Output format'
            cand --body-dir 'Folder for the bodies that --to curl-config cannot hold'
            cand --out 'Folder for --to postman and --to opencollection'
            cand --count 'End after N requests'
            cand --initiator 'Only requests that pages of this domain make'
            cand --tab 'Only requests of tabs whose page''s URL matches'
            cand --save 'Append every line to this file too'
            cand --for 'End after this time: 500ms, 2s, 1.5m, 1h'
            cand --color 'When to use colour'
            cand --listen-any 'Allow --listen with an address that others can reach'
            cand --no-input 'Never prompt'
            cand --allow-partial 'Take bodies of which a part is missing'
            cand --responses 'Write HAR entries'
            cand -q 'Print only errors on stderr'
            cand --quiet 'Print only errors on stderr'
            cand -v 'Print on stderr where values come from and what is done'
            cand --verbose 'Print on stderr where values come from and what is done'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
            cand ca 'Print the certificate of the proxy''s authority'
            cand history 'Read back what was captured with --save history'
        }
        &'capture;ca'= {
            cand --permit 'Let it sign only for this domain and its subdomains'
            cand --color 'When to use colour'
            cand --renew 'Make a new authority'
            cand -q 'Print only errors on stderr'
            cand --quiet 'Print only errors on stderr'
            cand -v 'Print on stderr where values come from and what is done'
            cand --verbose 'Print on stderr where values come from and what is done'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
        }
        &'capture;history'= {
            cand --url 'Only URLs that match'
            cand --not-url 'Skip URLs that match'
            cand --method 'Only this method'
            cand --domain 'Only this domain and its subdomains'
            cand --type 'Only this kind of request: xhr, document, image'
            cand --to 'Output format'
            cand --body-dir 'Folder for the bodies that --to curl-config cannot hold'
            cand --out 'Folder for --to postman and --to opencollection'
            cand --count 'End after N requests'
            cand --color 'When to use colour'
            cand --allow-partial 'Take bodies of which a part is missing'
            cand --responses 'Write HAR entries'
            cand -q 'Print only errors on stderr'
            cand --quiet 'Print only errors on stderr'
            cand -v 'Print on stderr where values come from and what is done'
            cand --verbose 'Print on stderr where values come from and what is done'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
        }
    ]
    $completions[$command]
}
