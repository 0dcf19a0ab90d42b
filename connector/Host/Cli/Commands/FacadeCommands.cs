using System.Collections.Immutable;
using System.CommandLine;
using ProvisioningConnector.Host.Cli.Verbs;

namespace ProvisioningConnector.Host.Cli.Commands;

/// <summary>The verbs about the facade: <c>serve</c>, <c>keys</c>.</summary>
internal static class FacadeCommands
{
    public static void AddTo(RootCommand root, IVerbRunner run)
    {
        root.Subcommands.Add(Serve(run));
        Command keys = new("keys", "API keys of the REST facade");
        keys.Subcommands.Add(New(run));
        keys.Subcommands.Add(new Command("list", "All keys, without their secrets").Runs<KeysVerbs>(run, static (_, all, stop) => all.ListAsync(stop)));
        Argument<string> id = new("ID") { Description = "From 'provision keys list'" };
        Option<bool> yes = new("--yes") { Description = "Do not ask" };
        keys.Subcommands.Add(new Command("revoke", "Revoke a key; its next request is refused") { id, yes }
            .Runs<KeysVerbs>(run, (parsed, all, stop) => all.RevokeAsync(parsed.GetRequiredValue(id), parsed.GetValue(yes), stop)));
        root.Subcommands.Add(keys);
    }

    private static Command Serve(IVerbRunner run)
    {
        Option<string[]> urls = new("--urls")
        {
            HelpName = "URL", Description = "Where to listen, such as http://127.0.0.1:8080 (default: Facade:Urls). May repeat",
        };
        return new Command("serve", "Serve the REST facade for identity-management platforms") { urls }
            .Runs<ServeVerb>(run, (parsed, serve, stop) => serve.RunAsync(
                [.. Many(parsed.GetValue(urls)).SelectMany(u => u.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))], stop));
    }

    private static Command New(IVerbRunner run)
    {
        Option<string> name = new("--name")
        {
            HelpName = "NAME", Description = "The program that uses the key; two active keys may have one name, for rotation", Required = true,
        };
        Option<string[]> tenant = new("--tenant") { HelpName = "NAME", Description = "A tenant that the key is for. May repeat", Required = true };
        Option<string[]> rights = new("--rights")
        {
            HelpName = "LIST",
            Description = $"Rights in all these tenants, or TENANT:RIGHTS in one (default: "
            + $"{string.Join(",", Engine.Evidence.Access.Rights.Standard.Select(Engine.Evidence.Access.Rights.Name))})"
        };
        Option<string?> expires = new("--expires") { HelpName = "WHEN", Description = "When it ends: 2027-01-31, or from now 90.00:00:00 (default: never)" };
        Option<string[]> from = new("--from") { HelpName = "LIST", Description = "Addresses and networks (CIDR) that may use it, separated by commas" };
        return new Command("new", "Create a key; it is printed only once") { name, tenant, rights, expires, from }.Runs<KeysVerbs>(run, (parsed, keys, stop) =>
            keys.NewAsync(new KeyArguments(parsed.GetRequiredValue(name), Many(parsed.GetValue(tenant)),
                Many(parsed.GetValue(rights)), parsed.GetValue(expires), Many(parsed.GetValue(from))), stop));
    }

    private static ImmutableArray<string> Many(string[]? values) => values is null ? [] : [.. values];
}
