using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Runs.Memory;

/// <summary>
/// How long a policy or a protection has been holding what a source wants of a user, from run to run; long enough, and it is a finding
/// (docs/design.md#held-for-nights). It lies in the user's verified state, so it costs no look-up of its own.
/// </summary>
internal static class HeldMemory
{
    private static readonly TimeSpan Night = TimeSpan.FromDays(1);

    /// <summary>What of a user is held and would be tomorrow too.</summary>
    /// <param name="user">As planned; read.</param>
    /// <param name="at">When.</param>
    public static ImmutableArray<HeldSince> From(PlannedUser user, DateTimeOffset at) =>
    [
        .. user.Plan.Held.Where(h => h.Standing || h.HeldFor is not null)
            .Select(h => new HeldSince(h.Part, user.Current is { } current && IsRemoval(h.Part, user.Row.Desired, current), at)),
    ];

    /// <summary>What is held now, each since when it was first held in the same way.</summary>
    public static ImmutableArray<HeldSince> Merge(ImmutableArray<HeldSince> now, ImmutableArray<HeldSince> before) =>
        [.. now.Select(h => before.FirstOrDefault(b => b.IsSame(h)) is { Since.Ticks: > 0 } known ? known : h)];

    /// <summary>The plan with what has been held for too many nights no longer standing.</summary>
    public static PlannedUser Judge(PlannedUser user, ImmutableArray<HeldSince> before, HeldNights policy, DateTimeOffset now)
    {
        if (before.IsEmpty || user.Plan.Held.IsEmpty) return user;
        ImmutableArray<HeldSince> since = Merge(From(user, now), before);
        ImmutableArray<HeldPart> held = [.. user.Plan.Held.Select(h => h.Standing ? Judge(h, since.First(s => s.Part == h.Part), policy, now) : h)];
        return user with { Plan = user.Plan with { Held = held } };
    }

    /// <summary>A plan that was made again, with what was found of the first one.</summary>
    public static PlannedUser Keep(PlannedUser again, PlannedUser before)
    {
        if (before.Plan.Held.All(h => h.HeldFor is null)) return again;
        return again with { Plan = again.Plan with { Held = [.. again.Plan.Held.Select(h => before.Plan.Held.FirstOrDefault(b => b.IsSame(h)) ?? h)] } };
    }

    private static HeldPart Judge(HeldPart held, HeldSince since, HeldNights policy, DateTimeOffset now)
    {
        // Nights, although a run may begin somewhat earlier than the one of the night before.
        int nights = (int)((now - since.Since + (Night / 2)) / Night);
        if ((since.IsRemoval ? policy.Removals : policy.Others) is not { } most || nights < most) return held;
        string message = $"{held.Message} It has been held for {nights} {(nights == 1 ? "night" : "nights")}: change the source or the rule "
            + "(Policy:HeldIsFinding says after how many nights this is reported).";
        return held with { Standing = false, HeldFor = nights, Message = message };
    }

    private static bool IsRemoval(Part part, DesiredMethods desired, CurrentMethods current) => part switch
    {
        Part.Phones => Enum.GetValues<PhoneType>().Any(slot => desired[slot].Kind == ManagedKind.None && !current[slot].IsEmpty),
        Part.Email => desired.Email.Kind == ManagedKind.None && current.Email is not null,
        Part.SmsSignIn or Part.PreferredMethod or Part.Password or Part.Membership => false,
        Part.MicrosoftAuthenticator or Part.Fido2 or Part.SoftwareOath or Part.HardwareOath or Part.WindowsHello or Part.PlatformCredential
            or Part.External or Part.TemporaryAccessPass or Part.QrCodePin => true,
    };
}
