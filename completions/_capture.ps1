
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'capture' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'capture'
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
        'capture' {
            [CompletionResult]::new('--source', '--source', [CompletionResultType]::ParameterName, 'The source of requests')
            [CompletionResult]::new('--listen', '--listen', [CompletionResultType]::ParameterName, 'The address that the proxy listens on')
            [CompletionResult]::new('--from-browser', '--from-browser', [CompletionResultType]::ParameterName, 'Only this browser, or NAME:PROFILE')
            [CompletionResult]::new('--url', '--url', [CompletionResultType]::ParameterName, 'Only URLs that match')
            [CompletionResult]::new('--not-url', '--not-url', [CompletionResultType]::ParameterName, 'Skip URLs that match')
            [CompletionResult]::new('--method', '--method', [CompletionResultType]::ParameterName, 'Only this method')
            [CompletionResult]::new('--domain', '--domain', [CompletionResultType]::ParameterName, 'Only this domain and its subdomains')
            [CompletionResult]::new('--type', '--type', [CompletionResultType]::ParameterName, 'Only this kind of request: xhr, document, image')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--body-dir', '--body-dir', [CompletionResultType]::ParameterName, 'Folder for the bodies that --to curl-config cannot hold')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Folder for --to postman and --to opencollection')
            [CompletionResult]::new('--count', '--count', [CompletionResultType]::ParameterName, 'End after N requests')
            [CompletionResult]::new('--initiator', '--initiator', [CompletionResultType]::ParameterName, 'Only requests that pages of this domain make')
            [CompletionResult]::new('--tab', '--tab', [CompletionResultType]::ParameterName, 'Only requests of tabs whose page''s URL matches')
            [CompletionResult]::new('--save', '--save', [CompletionResultType]::ParameterName, 'Append every line to this file too')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'End after this time: 500ms, 2s, 1.5m, 1h')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--listen-any', '--listen-any', [CompletionResultType]::ParameterName, 'Allow --listen with an address that others can reach')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt')
            [CompletionResult]::new('--allow-partial', '--allow-partial', [CompletionResultType]::ParameterName, 'Take bodies of which a part is missing')
            [CompletionResult]::new('--responses', '--responses', [CompletionResultType]::ParameterName, 'Write HAR entries')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only errors on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only errors on stderr')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print on stderr where values come from and what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print on stderr where values come from and what is done')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('ca', 'ca', [CompletionResultType]::ParameterValue, 'Print the certificate of the proxy''s authority')
            [CompletionResult]::new('history', 'history', [CompletionResultType]::ParameterValue, 'Read back what was captured with --save history')
            break
        }
        'capture;ca' {
            [CompletionResult]::new('--permit', '--permit', [CompletionResultType]::ParameterName, 'Let it sign only for this domain and its subdomains')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--renew', '--renew', [CompletionResultType]::ParameterName, 'Make a new authority')
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
        'capture;history' {
            [CompletionResult]::new('--url', '--url', [CompletionResultType]::ParameterName, 'Only URLs that match')
            [CompletionResult]::new('--not-url', '--not-url', [CompletionResultType]::ParameterName, 'Skip URLs that match')
            [CompletionResult]::new('--method', '--method', [CompletionResultType]::ParameterName, 'Only this method')
            [CompletionResult]::new('--domain', '--domain', [CompletionResultType]::ParameterName, 'Only this domain and its subdomains')
            [CompletionResult]::new('--type', '--type', [CompletionResultType]::ParameterName, 'Only this kind of request: xhr, document, image')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--body-dir', '--body-dir', [CompletionResultType]::ParameterName, 'Folder for the bodies that --to curl-config cannot hold')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Folder for --to postman and --to opencollection')
            [CompletionResult]::new('--count', '--count', [CompletionResultType]::ParameterName, 'End after N requests')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--allow-partial', '--allow-partial', [CompletionResultType]::ParameterName, 'Take bodies of which a part is missing')
            [CompletionResult]::new('--responses', '--responses', [CompletionResultType]::ParameterName, 'Write HAR entries')
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
