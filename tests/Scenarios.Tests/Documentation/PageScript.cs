using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace ProvisioningConnector.Scenarios.Tests.Documentation;

/// <summary>
/// The commands of one page in a shell, in their order, in a fresh folder with the samples and a tenant <c>contoso</c> that is a sandbox. There is no person:
/// where the program asks, the command is repeated with <c>--yes</c>, and <c>RUN-ID</c> is the last run that wrote something. Addresses get a free port.
/// </summary>
internal static partial class PageScript
{
    private const string Prelude = """
        set -uo pipefail
        export DOTNET_TieredPGO=0 TMPDIR="$PWD"
        sed -i 's/127[.]0[.]0[.]1:18080/127.0.0.1:18080/' config/samples/loopback.json
        servers=()
        program() { dotnet "$PROVISION" "$@"; }
        provision() {
          local words=() word code
          for word in "$@"; do
            if [[ $word == RUN-ID ]]; then word=$(cat run.txt); fi
            words+=("$word")
          done
          program "${words[@]}" >output.txt 2>error.txt </dev/null; code=$?
          if (( code == 1 )) && grep -q -e '--yes' error.txt; then program "${words[@]}" --yes >output.txt 2>error.txt; code=$?; fi
          if grep -qE '^Run: [1-9]' output.txt; then grep -oE '^Run r[0-9a-f-]+' output.txt | cut -d ' ' -f 2 >run.txt; fi
          cat error.txt >&2
          cat output.txt
          return $code
        }
        curl() { command curl -sS --fail-with-body "$@"; local code=$?; echo; return $code; }
        start() {
          local url=$1; shift
          program "$@" >server.txt 2>&1 &
          servers+=($!)
          command curl -s -o /dev/null --retry 60 --retry-connrefused --retry-delay 1 "$url"
        }
        trap 'for server in "${servers[@]}"; do kill "$server" || true; wait "$server" || true; done' EXIT
        undocumented() {
          echo "ended with $1: line $2: $3" >&2
          sed -n "$2p" "$0" >&2
          cat server.txt >&2 2>/dev/null
          exit 99
        }
        trap 'code=$?; [[ " $allowed " == *" $code "* ]] || undocumented "$code" "$LINENO" "$BASH_COMMAND"' ERR

        """;

    public static string Write(IEnumerable<CommandBlock> blocks)
    {
        StringBuilder script = new(Prelude);
        int number = 0;
        foreach (CommandBlock block in blocks.Where(static block => block is { IsCommands: true, NotRun: null }))
        {
            // What prepares a block is no part of it, and neither is what that prints.
            script.Append($"allowed='0 {block.EndsWith}'\n");
            if (block.First.Length > 0) script.Append($"{{ {block.First}; }} >first.txt 2>&1\n");
            script.Append($"echo '@@ {block.Line}'\n");
            foreach (string line in block.Text.Split('\n'))
            {
                Match server = Background().Match(line);
                script.Append(server.Success ? $"start {server.Groups[2].Value} {server.Groups[1].Value}\n" : $"{line}\n");
            }

            number++;
        }

        return number == 0 ? "" : Address().Replace(script.Append("exit 0\n").ToString(), Ports());
    }

    /// <summary>Runs it.</summary>
    /// <returns>What was printed, and the exit code: 99 when a command ended as the page does not say.</returns>
    public static async Task<(int Exit, string Output, string Error)> RunAsync(string folder, string script)
    {
        string file = Path.Combine(folder, "page.sh");
        await File.WriteAllTextAsync(file, script);
        ProcessStartInfo start = new("bash", [file])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false,
        };
        start.Environment["PROVISION"] = Path.Combine(AppContext.BaseDirectory, "provision.dll");
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("bash did not start.");
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    private static MatchEvaluator Ports()
    {
        Dictionary<string, int> free = new(StringComparer.Ordinal);
        return match =>
        {
            if (!free.TryGetValue(match.Value, out int port))
            {
                using TcpListener listener = new(IPAddress.Loopback, 0);
                listener.Start();
                free[match.Value] = port = ((IPEndPoint)listener.LocalEndpoint).Port;
            }

            return $"127.0.0.1:{port}";
        };
    }

    [GeneratedRegex(@"^provision (.*--urls (\S+).*) &$", RegexOptions.NonBacktracking)]
    private static partial Regex Background();

    [GeneratedRegex(@"127\.0\.0\.1:(?:8080|18080)", RegexOptions.NonBacktracking)]
    private static partial Regex Address();
}
