using System.Diagnostics;

namespace ProvisioningConnector.Host.Cli.Help;

/// <summary>Scripts with which shells ask the program what a word can become. Where it has no answer, files are offered.</summary>
internal static class CompletionScripts
{
    public static string[] Shells { get; } = ["bash", "zsh", "fish", "pwsh"];

    /// <param name="shell">One of <see cref="Shells"/>.</param>
    public static string Of(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        "pwsh" => PowerShell,
        _ => throw new UnreachableException(shell),
    };

    private const string Bash = """
        # provision completion bash > /etc/bash_completion.d/provision
        _provision() {
            local line
            COMPREPLY=()
            while IFS= read -r line; do COMPREPLY+=("$line"); done < <("${COMP_WORDS[0]}" complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
        }
        complete -o default -o nosort -F _provision provision
        """;

    private const string Zsh = """
        #compdef provision
        # provision completion zsh > "${fpath[1]}/_provision"
        _provision() {
            local -a found
            found=("${(@f)$("${words[1]}" complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
            if [[ -n "${found[1]}" ]]; then compadd -- "${found[@]}"; else _files; fi
        }
        if [[ "$funcstack[1]" == _provision ]]; then _provision "$@"; else compdef _provision provision; fi
        """;

    private const string Fish = """
        # provision completion fish > ~/.config/fish/completions/provision.fish
        function __provision_words
            set -l words (commandline -opc) (commandline -ct)
            $words[1] complete -- $words[2..] 2>/dev/null
        end
        complete -c provision -a '(__provision_words)'
        """;

    private const string PowerShell = """
        # provision completion pwsh >> $PROFILE
        Register-ArgumentCompleter -Native -CommandName provision -ScriptBlock {
            param($word, $ast, $position)
            $words = @($ast.CommandElements | Where-Object { $_.Extent.EndOffset -lt $position } | Select-Object -Skip 1 | ForEach-Object { "$_" }) + $word
            provision complete -- $words 2>$null | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }
        """;
}
