
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'bridge-install' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'bridge-install'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'bridge-install' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only errors on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only errors on stderr')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print on stderr where values come from and what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print on stderr where values come from and what is done')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('install', 'install', [CompletionResultType]::ParameterValue, 'Tell browsers where the bridge is')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Say whether tools and browsers are connected; exit 0 when they are')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Check every part, and say what to do about each that is wrong')
            [CompletionResult]::new('uninstall', 'uninstall', [CompletionResultType]::ParameterValue, 'Remove what install made; a custom key stays')
            [CompletionResult]::new('reset', 'reset', [CompletionResultType]::ParameterValue, 'Remove everything, keys too, and say what could not be removed')
            [CompletionResult]::new('extension', 'extension', [CompletionResultType]::ParameterValue, 'Unpack the browser extension and say how to load it')
            [CompletionResult]::new('key', 'key', [CompletionResultType]::ParameterValue, 'Set, show or clear a key of your own')
            break
        }
        'bridge-install;install' {
            [CompletionResult]::new('--browser', '--browser', [CompletionResultType]::ParameterName, 'Only this browser')
            [CompletionResult]::new('--user-data-dir', '--user-data-dir', [CompletionResultType]::ParameterName, 'Only the browser of this data folder')
            [CompletionResult]::new('--host-name', '--host-name', [CompletionResultType]::ParameterName, 'The host''s name, by which the extension asks for it')
            [CompletionResult]::new('--extension-id', '--extension-id', [CompletionResultType]::ParameterName, 'An extension that may start the bridge')
            [CompletionResult]::new('--bridge-dir', '--bridge-dir', [CompletionResultType]::ParameterName, 'The folder that the bridge is copied to')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Say what would be done, and do nothing')
            [CompletionResult]::new('--print-script', '--print-script', [CompletionResultType]::ParameterName, 'Print what would be done as a script, and do nothing')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Replace or remove what is not ours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only errors on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only errors on stderr')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print on stderr where values come from and what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print on stderr where values come from and what is done')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            break
        }
        'bridge-install;status' {
            [CompletionResult]::new('--browser', '--browser', [CompletionResultType]::ParameterName, 'Only this browser')
            [CompletionResult]::new('--user-data-dir', '--user-data-dir', [CompletionResultType]::ParameterName, 'Only the browser of this data folder')
            [CompletionResult]::new('--host-name', '--host-name', [CompletionResultType]::ParameterName, 'The host''s name, by which the extension asks for it')
            [CompletionResult]::new('--extension-id', '--extension-id', [CompletionResultType]::ParameterName, 'An extension that may start the bridge')
            [CompletionResult]::new('--bridge-dir', '--bridge-dir', [CompletionResultType]::ParameterName, 'The folder that the bridge is copied to')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only errors on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only errors on stderr')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print on stderr where values come from and what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print on stderr where values come from and what is done')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            break
        }
        'bridge-install;doctor' {
            [CompletionResult]::new('--browser', '--browser', [CompletionResultType]::ParameterName, 'Only this browser')
            [CompletionResult]::new('--user-data-dir', '--user-data-dir', [CompletionResultType]::ParameterName, 'Only the browser of this data folder')
            [CompletionResult]::new('--host-name', '--host-name', [CompletionResultType]::ParameterName, 'The host''s name, by which the extension asks for it')
            [CompletionResult]::new('--extension-id', '--extension-id', [CompletionResultType]::ParameterName, 'An extension that may start the bridge')
            [CompletionResult]::new('--bridge-dir', '--bridge-dir', [CompletionResultType]::ParameterName, 'The folder that the bridge is copied to')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only errors on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only errors on stderr')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print on stderr where values come from and what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print on stderr where values come from and what is done')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            break
        }
        'bridge-install;uninstall' {
            [CompletionResult]::new('--browser', '--browser', [CompletionResultType]::ParameterName, 'Only this browser')
            [CompletionResult]::new('--user-data-dir', '--user-data-dir', [CompletionResultType]::ParameterName, 'Only the browser of this data folder')
            [CompletionResult]::new('--host-name', '--host-name', [CompletionResultType]::ParameterName, 'The host''s name, by which the extension asks for it')
            [CompletionResult]::new('--extension-id', '--extension-id', [CompletionResultType]::ParameterName, 'An extension that may start the bridge')
            [CompletionResult]::new('--bridge-dir', '--bridge-dir', [CompletionResultType]::ParameterName, 'The folder that the bridge is copied to')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Say what would be done, and do nothing')
            [CompletionResult]::new('--print-script', '--print-script', [CompletionResultType]::ParameterName, 'Print what would be done as a script, and do nothing')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Replace or remove what is not ours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only errors on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only errors on stderr')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print on stderr where values come from and what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print on stderr where values come from and what is done')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            break
        }
        'bridge-install;reset' {
            [CompletionResult]::new('--browser', '--browser', [CompletionResultType]::ParameterName, 'Only this browser')
            [CompletionResult]::new('--user-data-dir', '--user-data-dir', [CompletionResultType]::ParameterName, 'Only the browser of this data folder')
            [CompletionResult]::new('--host-name', '--host-name', [CompletionResultType]::ParameterName, 'The host''s name, by which the extension asks for it')
            [CompletionResult]::new('--extension-id', '--extension-id', [CompletionResultType]::ParameterName, 'An extension that may start the bridge')
            [CompletionResult]::new('--bridge-dir', '--bridge-dir', [CompletionResultType]::ParameterName, 'The folder that the bridge is copied to')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Say what would be done, and do nothing')
            [CompletionResult]::new('--print-script', '--print-script', [CompletionResultType]::ParameterName, 'Print what would be done as a script, and do nothing')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Replace or remove what is not ours')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only errors on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only errors on stderr')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print on stderr where values come from and what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print on stderr where values come from and what is done')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            break
        }
        'bridge-install;extension' {
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'The folder to unpack it into')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--update', '--update', [CompletionResultType]::ParameterName, 'Replace an older copy that is there')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only errors on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only errors on stderr')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print on stderr where values come from and what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print on stderr where values come from and what is done')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            break
        }
        'bridge-install;key' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only errors on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only errors on stderr')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print on stderr where values come from and what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print on stderr where values come from and what is done')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
