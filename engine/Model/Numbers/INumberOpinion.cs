namespace ProvisioningConnector.Engine.Model.Numbers;

/// <summary>A second opinion on a number that was read: what the regulators' numbering plans say of it. Never the reason to read it otherwise.</summary>
public interface INumberOpinion
{
    /// <summary>The opinion on a number; its extension does not matter. Safe for several threads.</summary>
    NumberOpinion Judge(PhoneNumber number);
}

/// <summary>What a numbering plan says of a number.</summary>
/// <param name="Line">What kind of line it is; unknown where no such number is assigned.</param>
/// <param name="IsPossible">Its country has numbers of this length.</param>
/// <param name="IsAssigned">It is in a range that its country uses.</param>
public readonly record struct NumberOpinion(NumberLine Line, bool IsPossible, bool IsAssigned)
{
    /// <summary>Nothing is known of numbers with this country code.</summary>
    public static NumberOpinion Unknown { get; } = new(NumberLine.Unknown, IsPossible: true, IsAssigned: false);
}

/// <summary>Kinds of line.</summary>
public enum NumberLine : byte
{
    Unknown,
    Mobile,
    FixedLine,

    /// <summary>The plan does not distinguishes them, as in North America.</summary>
    FixedLineOrMobile,

    TollFree,
    Premium,
    SharedCost,
    Voip,

    /// <summary>Follows a person from line to line.</summary>
    Personal,

    Pager,

    /// <summary>One number for a whole company (UAN).</summary>
    Company,

    Voicemail,
}
