namespace ProvisioningConnector.Composition.Configuration;

/// <summary>What may be written for a setting.</summary>
internal enum SettingType
{
    Text,

    /// <summary>Absolute, or relative to the file that names it.</summary>
    File,

    /// <summary>Scheme, host and port.</summary>
    Address,

    /// <summary>Never in a configuration file; docs/configuration.md#secrets.</summary>
    Secret,

    /// <summary>One of some words.</summary>
    Choice,

    Switch,

    Number,

    /// <summary>A whole number.</summary>
    Count,

    /// <summary>A whole number, or <c>none</c>.</summary>
    CountOrNone,

    /// <summary>A count, a percentage, both for the lower, or <c>none</c>.</summary>
    Limit,

    /// <summary>Such as <c>00:01:10</c>, or <c>1.00:00:00</c> with days.</summary>
    Duration,

    /// <summary>Such as <c>2027-02-01</c>.</summary>
    Date,

    /// <summary>Texts in a list, or in one text with semicolons or commas between them.</summary>
    List,

    /// <summary>Texts in a list only.</summary>
    Names,

    /// <summary>Names with a note each, or a list of names.</summary>
    Entries,

    /// <summary>Free names with a text each.</summary>
    Texts,

    /// <summary>Free names with one of some words each.</summary>
    Choices,

    Section,

    /// <summary>Free names with a section each.</summary>
    Sections,
}
