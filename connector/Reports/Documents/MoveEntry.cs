using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.Reports.Documents;

/// <summary>A user's place among those whose numbers move between them (docs/documents.md#moves).</summary>
public sealed record MoveEntry
{
    /// <summary>What SMS sign-in needs.</summary>
    public required SignInNeed SignIn { get; init; }

    /// <summary>Users who go first.</summary>
    public ImmutableArray<MovePartner> WaitsFor { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Who takes the number that this user frees; null where no one does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MovePartner? To { get; init; }

    /// <summary>Others begin after this user.</summary>
    public bool IsAwaited { get; init; }

    /// <summary>Null for a user without a part in a move.</summary>
    public static MoveEntry? From(NumberMove? move) => move is null ? null : new()
    {
        SignIn = move.SignIn, WaitsFor = move.WaitsFor, To = move.To, IsAwaited = move.IsAwaited,
    };

    /// <summary>The engine's form of it.</summary>
    public NumberMove ToMove() => new() { SignIn = SignIn, WaitsFor = WaitsFor, To = To, IsAwaited = IsAwaited };
}
