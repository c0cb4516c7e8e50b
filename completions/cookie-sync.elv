
use builtin;
use str;

set edit:completion:arg-completer[cookie-sync] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'cookie-sync'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'cookie-sync'= {
            cand --color 'When to use colour'
            cand -q 'Print only errors on stderr'
            cand --quiet 'Print only errors on stderr'
            cand -v 'Print on stderr where values come from and what is done'
            cand --verbose 'Print on stderr where values come from and what is done'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
            cand watch 'Sync cookies, and every change, until interrupted'
            cand once 'Sync cookies as they are now'
            cand wait 'Wait until a cookie is there: log in, then the script goes on'
            cand add 'Add domains to the list that is used when none is named'
            cand remove 'Take domains off the list; what was synced stays where it is'
            cand list 'Print the added domains'
            cand export 'Print cookies as they are now'
            cand apply 'Put the right Cookie header on each request of the pipe'
        }
        &'cookie-sync;watch'= {
            cand --jar 'Keep the cookies in this Netscape file, for curl -b'
            cand --json-file 'Keep them in this file as JSON, partitioned ones too'
            cand --header 'Keep a Cookie header in this file'
            cand --header-url 'The URL that --header is for'
            cand --storage-state 'Keep them in this storage state of Playwright'
            cand --session 'Keep them in this session file of HTTPie or xh'
            cand --changes 'Append a line of JSON for each change to this file'
            cand --exec 'Run this after changes, by the shell'
            cand --from-browser 'Only this browser, or NAME:PROFILE'
            cand --cookie-store 'The cookies of this store'
            cand --color 'When to use colour'
            cand --no-input 'Never prompt'
            cand -q 'Print only errors on stderr'
            cand --quiet 'Print only errors on stderr'
            cand -v 'Print on stderr where values come from and what is done'
            cand --verbose 'Print on stderr where values come from and what is done'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
        }
        &'cookie-sync;once'= {
            cand --jar 'Keep the cookies in this Netscape file, for curl -b'
            cand --json-file 'Keep them in this file as JSON, partitioned ones too'
            cand --header 'Keep a Cookie header in this file'
            cand --header-url 'The URL that --header is for'
            cand --storage-state 'Keep them in this storage state of Playwright'
            cand --session 'Keep them in this session file of HTTPie or xh'
            cand --changes 'Append a line of JSON for each change to this file'
            cand --exec 'Run this after changes, by the shell'
            cand --timeout 'Give up after this time: 30s, 1.5m, 1h'
            cand --from-browser 'Only this browser, or NAME:PROFILE'
            cand --cookie-store 'The cookies of this store'
            cand --color 'When to use colour'
            cand --no-input 'Never prompt'
            cand -q 'Print only errors on stderr'
            cand --quiet 'Print only errors on stderr'
            cand -v 'Print on stderr where values come from and what is done'
            cand --verbose 'Print on stderr where values come from and what is done'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
        }
        &'cookie-sync;wait'= {
            cand --jar 'Keep the cookies in this Netscape file, for curl -b'
            cand --json-file 'Keep them in this file as JSON, partitioned ones too'
            cand --header 'Keep a Cookie header in this file'
            cand --header-url 'The URL that --header is for'
            cand --storage-state 'Keep them in this storage state of Playwright'
            cand --session 'Keep them in this session file of HTTPie or xh'
            cand --changes 'Append a line of JSON for each change to this file'
            cand --exec 'Run this after changes, by the shell'
            cand --timeout 'Give up after this time: 30s, 1.5m, 1h'
            cand --from-browser 'Only this browser, or NAME:PROFILE'
            cand --cookie-store 'The cookies of this store'
            cand --color 'When to use colour'
            cand --no-input 'Never prompt'
            cand -q 'Print only errors on stderr'
            cand --quiet 'Print only errors on stderr'
            cand -v 'Print on stderr where values come from and what is done'
            cand --verbose 'Print on stderr where values come from and what is done'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
        }
        &'cookie-sync;add'= {
            cand --color 'When to use colour'
            cand -q 'Print only errors on stderr'
            cand --quiet 'Print only errors on stderr'
            cand -v 'Print on stderr where values come from and what is done'
            cand --verbose 'Print on stderr where values come from and what is done'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
        }
        &'cookie-sync;remove'= {
            cand --color 'When to use colour'
            cand -q 'Print only errors on stderr'
            cand --quiet 'Print only errors on stderr'
            cand -v 'Print on stderr where values come from and what is done'
            cand --verbose 'Print on stderr where values come from and what is done'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
        }
        &'cookie-sync;list'= {
            cand --color 'When to use colour'
            cand --json 'Print JSON'
            cand -q 'Print only errors on stderr'
            cand --quiet 'Print only errors on stderr'
            cand -v 'Print on stderr where values come from and what is done'
            cand --verbose 'Print on stderr where values come from and what is done'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
        }
        &'cookie-sync;export'= {
            cand --to 'The output format'
            cand --jar 'Take the cookies from this Netscape file'
            cand --from-browser 'Only this browser, or NAME:PROFILE'
            cand --cookie-store 'The cookies of this store'
            cand --color 'When to use colour'
            cand --offline 'Take the cookies that were synced last'
            cand --no-input 'Never prompt'
            cand -q 'Print only errors on stderr'
            cand --quiet 'Print only errors on stderr'
            cand -v 'Print on stderr where values come from and what is done'
            cand --verbose 'Print on stderr where values come from and what is done'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
        }
        &'cookie-sync;apply'= {
            cand --from 'Input format'
            cand --to 'Output format'
            cand --body-dir 'Folder for the bodies that --to curl-config cannot hold'
            cand --out 'Folder for --to postman and --to opencollection'
            cand --domain 'The cookies of this domain'
            cand --jar 'Take the cookies from this Netscape file'
            cand --from-browser 'Only this browser, or NAME:PROFILE'
            cand --cookie-store 'The cookies of this store'
            cand --now 'Act as if it were this time: RFC 3339, or @SECONDS since 1970'
            cand --color 'When to use colour'
            cand --allow-files 'Let the input name files to read'
            cand --strict 'Stop at the first line that fails'
            cand --allow-partial 'Take bodies of which a part is missing'
            cand --offline 'Take the cookies that were synced last'
            cand --no-input 'Never prompt'
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
