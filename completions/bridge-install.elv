
use builtin;
use str;

set edit:completion:arg-completer[bridge-install] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'bridge-install'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'bridge-install'= {
            cand --color 'When to use colour'
            cand -q 'Print only errors on stderr'
            cand --quiet 'Print only errors on stderr'
            cand -v 'Print on stderr where values come from and what is done'
            cand --verbose 'Print on stderr where values come from and what is done'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
            cand install 'Tell browsers where the bridge is'
            cand status 'Say whether tools and browsers are connected; exit 0 when they are'
            cand doctor 'Check every part, and say what to do about each that is wrong'
            cand uninstall 'Remove what install made; a custom key stays'
            cand reset 'Remove everything, keys too, and say what could not be removed'
            cand extension 'Unpack the browser extension and say how to load it'
            cand key 'Set, show or clear a key of your own'
        }
        &'bridge-install;install'= {
            cand --browser 'Only this browser'
            cand --user-data-dir 'Only the browser of this data folder'
            cand --host-name 'The host''s name, by which the extension asks for it'
            cand --extension-id 'An extension that may start the bridge'
            cand --bridge-dir 'The folder that the bridge is copied to'
            cand --color 'When to use colour'
            cand --json 'Print JSON'
            cand --dry-run 'Say what would be done, and do nothing'
            cand --print-script 'Print what would be done as a script, and do nothing'
            cand --force 'Replace or remove what is not ours'
            cand -q 'Print only errors on stderr'
            cand --quiet 'Print only errors on stderr'
            cand -v 'Print on stderr where values come from and what is done'
            cand --verbose 'Print on stderr where values come from and what is done'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
        }
        &'bridge-install;status'= {
            cand --browser 'Only this browser'
            cand --user-data-dir 'Only the browser of this data folder'
            cand --host-name 'The host''s name, by which the extension asks for it'
            cand --extension-id 'An extension that may start the bridge'
            cand --bridge-dir 'The folder that the bridge is copied to'
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
        &'bridge-install;doctor'= {
            cand --browser 'Only this browser'
            cand --user-data-dir 'Only the browser of this data folder'
            cand --host-name 'The host''s name, by which the extension asks for it'
            cand --extension-id 'An extension that may start the bridge'
            cand --bridge-dir 'The folder that the bridge is copied to'
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
        &'bridge-install;uninstall'= {
            cand --browser 'Only this browser'
            cand --user-data-dir 'Only the browser of this data folder'
            cand --host-name 'The host''s name, by which the extension asks for it'
            cand --extension-id 'An extension that may start the bridge'
            cand --bridge-dir 'The folder that the bridge is copied to'
            cand --color 'When to use colour'
            cand --json 'Print JSON'
            cand --dry-run 'Say what would be done, and do nothing'
            cand --print-script 'Print what would be done as a script, and do nothing'
            cand --force 'Replace or remove what is not ours'
            cand -q 'Print only errors on stderr'
            cand --quiet 'Print only errors on stderr'
            cand -v 'Print on stderr where values come from and what is done'
            cand --verbose 'Print on stderr where values come from and what is done'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
        }
        &'bridge-install;reset'= {
            cand --browser 'Only this browser'
            cand --user-data-dir 'Only the browser of this data folder'
            cand --host-name 'The host''s name, by which the extension asks for it'
            cand --extension-id 'An extension that may start the bridge'
            cand --bridge-dir 'The folder that the bridge is copied to'
            cand --color 'When to use colour'
            cand --json 'Print JSON'
            cand --dry-run 'Say what would be done, and do nothing'
            cand --print-script 'Print what would be done as a script, and do nothing'
            cand --force 'Replace or remove what is not ours'
            cand -q 'Print only errors on stderr'
            cand --quiet 'Print only errors on stderr'
            cand -v 'Print on stderr where values come from and what is done'
            cand --verbose 'Print on stderr where values come from and what is done'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
        }
        &'bridge-install;extension'= {
            cand --to 'The folder to unpack it into'
            cand --color 'When to use colour'
            cand --update 'Replace an older copy that is there'
            cand -q 'Print only errors on stderr'
            cand --quiet 'Print only errors on stderr'
            cand -v 'Print on stderr where values come from and what is done'
            cand --verbose 'Print on stderr where values come from and what is done'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print the version'
            cand --version 'Print the version'
        }
        &'bridge-install;key'= {
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
    ]
    $completions[$command]
}
