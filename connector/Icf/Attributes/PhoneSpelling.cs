using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Icf.Attributes;

/// <summary>How numbers are read back. Always in the order mobile, alternateMobile, office, so that a client that compares pushes nothing twice.</summary>
public enum PhoneSpelling : byte
{
    /// <summary>As Ping's connector: <c>+1 5555551234:MOBILE</c>, types <c>MOBILE</c>, <c>ALTERNATE_MOBILE</c>, <c>OFFICE</c>.</summary>
    Ping,

    /// <summary>As last sent for this user, where it is the same number and type; else as <see cref="Ping"/>.</summary>
    AsSent,

    /// <summary>The form of our documents: <c>+1 5555551234:mobile</c>.</summary>
    Canonical,
}

/// <summary>Spells a user's phones.</summary>
internal static class PhoneTexts
{
    /// <param name="now">The user.</param>
    /// <param name="spelling">How.</param>
    /// <param name="sent">What was last sent; in its order where all of it is still so.</param>
    /// <param name="masks">Hides numbers; null shows them.</param>
    public static ImmutableArray<string> From(CurrentMethods now, PhoneSpelling spelling, ImmutableArray<string> sent, ValueMasks? masks)
    {
        ImmutableArray<string>.Builder texts = ImmutableArray.CreateBuilder<string>();
        foreach (PhoneType type in Enum.GetValues<PhoneType>())
        {
            if (now[type].FullText() is not { } number) continue;
            string plain = $"{(masks is null ? number : masks.Number(number))}:{TypeName(type, spelling)}";
            string? known = masks is null && spelling == PhoneSpelling.AsSent && now[type].TryGetNumber(out PhoneNumber value)
                ? Known(sent, new PhoneEntry(value, type)) : null;
            texts.Add(known ?? plain);
        }

        // A client that compares lists compares their order too.
        return spelling == PhoneSpelling.AsSent && texts.Count == sent.Length && sent.All(texts.Contains) ? sent : texts.ToImmutable();
    }

    private static string TypeName(PhoneType type, PhoneSpelling spelling) => spelling == PhoneSpelling.Canonical ? PhoneTypes.Name(type) : type switch
    {
        PhoneType.Mobile => "MOBILE",
        PhoneType.AlternateMobile => "ALTERNATE_MOBILE",
        PhoneType.Office => "OFFICE",
    };

    private static string? Known(ImmutableArray<string> sent, PhoneEntry entry) =>
        sent.FirstOrDefault(text => PhoneEntryReader.TryReadKept(text, null, out PhoneEntry read) && read == entry);
}

/// <summary>Hides values from callers who may not see them in full. The host gives the one masking there is (reports).</summary>
/// <param name="Number">Of a phone number.</param>
/// <param name="Address">Of an e-mail address.</param>
/// <param name="Hidden">Stands for names of devices and keys.</param>
public sealed record ValueMasks(Func<string, string> Number, Func<string, string> Address, string Hidden);
