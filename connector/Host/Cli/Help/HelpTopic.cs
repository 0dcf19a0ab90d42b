using System.Collections.Immutable;

namespace ProvisioningConnector.Host.Cli.Help;

/// <summary>What there is to say of the program or of one verb, before it is laid out for a terminal or as a manual page.</summary>
/// <param name="Name">The words that call it, such as <c>provision audit verify</c>.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Usage">How it is typed.</param>
/// <param name="Sections">Arguments, options, verbs.</param>
/// <param name="Examples">Commands that can be tried.</param>
internal sealed record HelpTopic(
    string Name, string Summary, string Usage, ImmutableArray<HelpSection> Sections, ImmutableArray<VerbExample> Examples);

/// <summary>Rows under a title.</summary>
internal sealed record HelpSection(string Title, ImmutableArray<HelpRow> Rows);

/// <summary>A name with what it means.</summary>
internal sealed record HelpRow(string Name, string Text);

/// <summary>A command to try.</summary>
/// <param name="Command">As typed, without <c>provision</c>. <c>RUN-ID</c> and <c>KEY-ID</c> stand for ids.</param>
/// <param name="Meaning">What it does.</param>
internal sealed record VerbExample(string Command, string Meaning);
