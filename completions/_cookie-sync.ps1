
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'cookie-sync' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'cookie-sync'
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
        'cookie-sync' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only errors on stderr')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only errors on stderr')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print on stderr where values come from and what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print on stderr where values come from and what is done')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('watch', 'watch', [CompletionResultType]::ParameterValue, 'Sync cookies, and every change, until interrupted')
            [CompletionResult]::new('once', 'once', [CompletionResultType]::ParameterValue, 'Sync cookies as they are now')
            [CompletionResult]::new('wait', 'wait', [CompletionResultType]::ParameterValue, 'Wait until a cookie is there: log in, then the script goes on')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add domains to the list that is used when none is named')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Take domains off the list; what was synced stays where it is')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Print the added domains')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Print cookies as they are now')
            [CompletionResult]::new('apply', 'apply', [CompletionResultType]::ParameterValue, 'Put the right Cookie header on each request of the pipe')
            break
        }
        'cookie-sync;watch' {
            [CompletionResult]::new('--jar', '--jar', [CompletionResultType]::ParameterName, 'Keep the cookies in this Netscape file, for curl -b')
            [CompletionResult]::new('--json-file', '--json-file', [CompletionResultType]::ParameterName, 'Keep them in this file as JSON, partitioned ones too')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Keep a Cookie header in this file')
            [CompletionResult]::new('--header-url', '--header-url', [CompletionResultType]::ParameterName, 'The URL that --header is for')
            [CompletionResult]::new('--storage-state', '--storage-state', [CompletionResultType]::ParameterName, 'Keep them in this storage state of Playwright')
            [CompletionResult]::new('--session', '--session', [CompletionResultType]::ParameterName, 'Keep them in this session file of HTTPie or xh')
            [CompletionResult]::new('--changes', '--changes', [CompletionResultType]::ParameterName, 'Append a line of JSON for each change to this file')
            [CompletionResult]::new('--exec', '--exec', [CompletionResultType]::ParameterName, 'Run this after changes, by the shell')
            [CompletionResult]::new('--from-browser', '--from-browser', [CompletionResultType]::ParameterName, 'Only this browser, or NAME:PROFILE')
            [CompletionResult]::new('--cookie-store', '--cookie-store', [CompletionResultType]::ParameterName, 'The cookies of this store')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt')
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
        'cookie-sync;once' {
            [CompletionResult]::new('--jar', '--jar', [CompletionResultType]::ParameterName, 'Keep the cookies in this Netscape file, for curl -b')
            [CompletionResult]::new('--json-file', '--json-file', [CompletionResultType]::ParameterName, 'Keep them in this file as JSON, partitioned ones too')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Keep a Cookie header in this file')
            [CompletionResult]::new('--header-url', '--header-url', [CompletionResultType]::ParameterName, 'The URL that --header is for')
            [CompletionResult]::new('--storage-state', '--storage-state', [CompletionResultType]::ParameterName, 'Keep them in this storage state of Playwright')
            [CompletionResult]::new('--session', '--session', [CompletionResultType]::ParameterName, 'Keep them in this session file of HTTPie or xh')
            [CompletionResult]::new('--changes', '--changes', [CompletionResultType]::ParameterName, 'Append a line of JSON for each change to this file')
            [CompletionResult]::new('--exec', '--exec', [CompletionResultType]::ParameterName, 'Run this after changes, by the shell')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Give up after this time: 30s, 1.5m, 1h')
            [CompletionResult]::new('--from-browser', '--from-browser', [CompletionResultType]::ParameterName, 'Only this browser, or NAME:PROFILE')
            [CompletionResult]::new('--cookie-store', '--cookie-store', [CompletionResultType]::ParameterName, 'The cookies of this store')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt')
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
        'cookie-sync;wait' {
            [CompletionResult]::new('--jar', '--jar', [CompletionResultType]::ParameterName, 'Keep the cookies in this Netscape file, for curl -b')
            [CompletionResult]::new('--json-file', '--json-file', [CompletionResultType]::ParameterName, 'Keep them in this file as JSON, partitioned ones too')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Keep a Cookie header in this file')
            [CompletionResult]::new('--header-url', '--header-url', [CompletionResultType]::ParameterName, 'The URL that --header is for')
            [CompletionResult]::new('--storage-state', '--storage-state', [CompletionResultType]::ParameterName, 'Keep them in this storage state of Playwright')
            [CompletionResult]::new('--session', '--session', [CompletionResultType]::ParameterName, 'Keep them in this session file of HTTPie or xh')
            [CompletionResult]::new('--changes', '--changes', [CompletionResultType]::ParameterName, 'Append a line of JSON for each change to this file')
            [CompletionResult]::new('--exec', '--exec', [CompletionResultType]::ParameterName, 'Run this after changes, by the shell')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Give up after this time: 30s, 1.5m, 1h')
            [CompletionResult]::new('--from-browser', '--from-browser', [CompletionResultType]::ParameterName, 'Only this browser, or NAME:PROFILE')
            [CompletionResult]::new('--cookie-store', '--cookie-store', [CompletionResultType]::ParameterName, 'The cookies of this store')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt')
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
        'cookie-sync;add' {
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
        'cookie-sync;remove' {
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
        'cookie-sync;list' {
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
        'cookie-sync;export' {
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'The output format')
            [CompletionResult]::new('--jar', '--jar', [CompletionResultType]::ParameterName, 'Take the cookies from this Netscape file')
            [CompletionResult]::new('--from-browser', '--from-browser', [CompletionResultType]::ParameterName, 'Only this browser, or NAME:PROFILE')
            [CompletionResult]::new('--cookie-store', '--cookie-store', [CompletionResultType]::ParameterName, 'The cookies of this store')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Take the cookies that were synced last')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt')
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
        'cookie-sync;apply' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Input format')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--body-dir', '--body-dir', [CompletionResultType]::ParameterName, 'Folder for the bodies that --to curl-config cannot hold')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Folder for --to postman and --to opencollection')
            [CompletionResult]::new('--domain', '--domain', [CompletionResultType]::ParameterName, 'The cookies of this domain')
            [CompletionResult]::new('--jar', '--jar', [CompletionResultType]::ParameterName, 'Take the cookies from this Netscape file')
            [CompletionResult]::new('--from-browser', '--from-browser', [CompletionResultType]::ParameterName, 'Only this browser, or NAME:PROFILE')
            [CompletionResult]::new('--cookie-store', '--cookie-store', [CompletionResultType]::ParameterName, 'The cookies of this store')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Act as if it were this time: RFC 3339, or @SECONDS since 1970')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--allow-files', '--allow-files', [CompletionResultType]::ParameterName, 'Let the input name files to read')
            [CompletionResult]::new('--strict', '--strict', [CompletionResultType]::ParameterName, 'Stop at the first line that fails')
            [CompletionResult]::new('--allow-partial', '--allow-partial', [CompletionResultType]::ParameterName, 'Take bodies of which a part is missing')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Take the cookies that were synced last')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt')
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
