using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Endpoints;

/// <summary>What taking a method away does to the default (graph-facts 2.5).</summary>
internal static class Removal
{
    /// <summary>Whether the method is the default while others exist, so that the service refuses to delete it.</summary>
    public static bool OfDefault(Credentials now, string methodId, SandboxSettings settings) =>
        settings.DeleteOfDefault == Tolerance.Refuse
        && now.CountBesidePassword > 1
        && now.Default?.MethodId(now) is { } id
        && id.Equals(methodId, StringComparison.OrdinalIgnoreCase);

    /// <summary>A default that stands for nothing any more falls to the strongest method left, or to none.</summary>
    public static Credentials Settled(Credentials next)
    {
        if (next.Default is null || next.Default.Value.MethodId(next) is not null) return next;
        foreach (var candidate in (ReadOnlySpan<DefaultMethod>)[DefaultMethod.Push, DefaultMethod.Oath, DefaultMethod.Sms,
            DefaultMethod.VoiceAlternateMobile, DefaultMethod.VoiceOffice])
            if (candidate.MethodId(next) is not null) return next with { Default = candidate };
        return next with { Default = null };
    }
}
