# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_bridge_install_global_optspecs
    string join \n color= q/quiet v/verbose h/help V/version
end

function __fish_bridge_install_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_bridge_install_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_bridge_install_using_subcommand
    set -l cmd (__fish_bridge_install_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c bridge-install -n "__fish_bridge_install_needs_command" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c bridge-install -n "__fish_bridge_install_needs_command" -s q -l quiet -d 'Print only errors on stderr'
complete -c bridge-install -n "__fish_bridge_install_needs_command" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c bridge-install -n "__fish_bridge_install_needs_command" -s h -l help -d 'Print help'
complete -c bridge-install -n "__fish_bridge_install_needs_command" -s V -l version -d 'Print the version'
complete -c bridge-install -n "__fish_bridge_install_needs_command" -f -a "install" -d 'Tell browsers where the bridge is'
complete -c bridge-install -n "__fish_bridge_install_needs_command" -f -a "status" -d 'Say whether tools and browsers are connected; exit 0 when they are'
complete -c bridge-install -n "__fish_bridge_install_needs_command" -f -a "doctor" -d 'Check every part, and say what to do about each that is wrong'
complete -c bridge-install -n "__fish_bridge_install_needs_command" -f -a "uninstall" -d 'Remove what install made; a custom key stays'
complete -c bridge-install -n "__fish_bridge_install_needs_command" -f -a "reset" -d 'Remove everything, keys too, and say what could not be removed'
complete -c bridge-install -n "__fish_bridge_install_needs_command" -f -a "extension" -d 'Unpack the browser extension and say how to load it'
complete -c bridge-install -n "__fish_bridge_install_needs_command" -f -a "key" -d 'Set, show or clear a key of your own'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand install" -l browser -d 'Only this browser' -r
complete -c bridge-install -n "__fish_bridge_install_using_subcommand install" -l user-data-dir -d 'Only the browser of this data folder' -r -F
complete -c bridge-install -n "__fish_bridge_install_using_subcommand install" -l host-name -d 'The host\'s name, by which the extension asks for it' -r
complete -c bridge-install -n "__fish_bridge_install_using_subcommand install" -l extension-id -d 'An extension that may start the bridge' -r
complete -c bridge-install -n "__fish_bridge_install_using_subcommand install" -l bridge-dir -d 'The folder that the bridge is copied to' -r -F
complete -c bridge-install -n "__fish_bridge_install_using_subcommand install" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c bridge-install -n "__fish_bridge_install_using_subcommand install" -l json -d 'Print JSON'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand install" -l dry-run -d 'Say what would be done, and do nothing'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand install" -l print-script -d 'Print what would be done as a script, and do nothing'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand install" -l force -d 'Replace or remove what is not ours'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand install" -s q -l quiet -d 'Print only errors on stderr'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand install" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand install" -s h -l help -d 'Print help'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand install" -s V -l version -d 'Print the version'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand status" -l browser -d 'Only this browser' -r
complete -c bridge-install -n "__fish_bridge_install_using_subcommand status" -l user-data-dir -d 'Only the browser of this data folder' -r -F
complete -c bridge-install -n "__fish_bridge_install_using_subcommand status" -l host-name -d 'The host\'s name, by which the extension asks for it' -r
complete -c bridge-install -n "__fish_bridge_install_using_subcommand status" -l extension-id -d 'An extension that may start the bridge' -r
complete -c bridge-install -n "__fish_bridge_install_using_subcommand status" -l bridge-dir -d 'The folder that the bridge is copied to' -r -F
complete -c bridge-install -n "__fish_bridge_install_using_subcommand status" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c bridge-install -n "__fish_bridge_install_using_subcommand status" -l json -d 'Print JSON'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand status" -s q -l quiet -d 'Print only errors on stderr'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand status" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand status" -s h -l help -d 'Print help'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand status" -s V -l version -d 'Print the version'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand doctor" -l browser -d 'Only this browser' -r
complete -c bridge-install -n "__fish_bridge_install_using_subcommand doctor" -l user-data-dir -d 'Only the browser of this data folder' -r -F
complete -c bridge-install -n "__fish_bridge_install_using_subcommand doctor" -l host-name -d 'The host\'s name, by which the extension asks for it' -r
complete -c bridge-install -n "__fish_bridge_install_using_subcommand doctor" -l extension-id -d 'An extension that may start the bridge' -r
complete -c bridge-install -n "__fish_bridge_install_using_subcommand doctor" -l bridge-dir -d 'The folder that the bridge is copied to' -r -F
complete -c bridge-install -n "__fish_bridge_install_using_subcommand doctor" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c bridge-install -n "__fish_bridge_install_using_subcommand doctor" -l json -d 'Print JSON'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand doctor" -s q -l quiet -d 'Print only errors on stderr'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand doctor" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand doctor" -s h -l help -d 'Print help'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand doctor" -s V -l version -d 'Print the version'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand uninstall" -l browser -d 'Only this browser' -r
complete -c bridge-install -n "__fish_bridge_install_using_subcommand uninstall" -l user-data-dir -d 'Only the browser of this data folder' -r -F
complete -c bridge-install -n "__fish_bridge_install_using_subcommand uninstall" -l host-name -d 'The host\'s name, by which the extension asks for it' -r
complete -c bridge-install -n "__fish_bridge_install_using_subcommand uninstall" -l extension-id -d 'An extension that may start the bridge' -r
complete -c bridge-install -n "__fish_bridge_install_using_subcommand uninstall" -l bridge-dir -d 'The folder that the bridge is copied to' -r -F
complete -c bridge-install -n "__fish_bridge_install_using_subcommand uninstall" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c bridge-install -n "__fish_bridge_install_using_subcommand uninstall" -l json -d 'Print JSON'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand uninstall" -l dry-run -d 'Say what would be done, and do nothing'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand uninstall" -l print-script -d 'Print what would be done as a script, and do nothing'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand uninstall" -l force -d 'Replace or remove what is not ours'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand uninstall" -s q -l quiet -d 'Print only errors on stderr'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand uninstall" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand uninstall" -s h -l help -d 'Print help'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand uninstall" -s V -l version -d 'Print the version'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand reset" -l browser -d 'Only this browser' -r
complete -c bridge-install -n "__fish_bridge_install_using_subcommand reset" -l user-data-dir -d 'Only the browser of this data folder' -r -F
complete -c bridge-install -n "__fish_bridge_install_using_subcommand reset" -l host-name -d 'The host\'s name, by which the extension asks for it' -r
complete -c bridge-install -n "__fish_bridge_install_using_subcommand reset" -l extension-id -d 'An extension that may start the bridge' -r
complete -c bridge-install -n "__fish_bridge_install_using_subcommand reset" -l bridge-dir -d 'The folder that the bridge is copied to' -r -F
complete -c bridge-install -n "__fish_bridge_install_using_subcommand reset" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c bridge-install -n "__fish_bridge_install_using_subcommand reset" -l json -d 'Print JSON'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand reset" -l dry-run -d 'Say what would be done, and do nothing'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand reset" -l print-script -d 'Print what would be done as a script, and do nothing'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand reset" -l force -d 'Replace or remove what is not ours'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand reset" -s q -l quiet -d 'Print only errors on stderr'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand reset" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand reset" -s h -l help -d 'Print help'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand reset" -s V -l version -d 'Print the version'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand extension" -l to -d 'The folder to unpack it into' -r -F
complete -c bridge-install -n "__fish_bridge_install_using_subcommand extension" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c bridge-install -n "__fish_bridge_install_using_subcommand extension" -l update -d 'Replace an older copy that is there'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand extension" -s q -l quiet -d 'Print only errors on stderr'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand extension" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand extension" -s h -l help -d 'Print help'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand extension" -s V -l version -d 'Print the version'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand key" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal that has colours, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c bridge-install -n "__fish_bridge_install_using_subcommand key" -s q -l quiet -d 'Print only errors on stderr'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand key" -s v -l verbose -d 'Print on stderr where values come from and what is done'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand key" -s h -l help -d 'Print help'
complete -c bridge-install -n "__fish_bridge_install_using_subcommand key" -s V -l version -d 'Print the version'
