namespace ProvisioningConnector.Engine.Ports;

/// <summary>What is wrong with a store.</summary>
public enum StoreProblem : byte
{
    /// <summary>There is no store at the place, and none was to be made.</summary>
    Missing,

    /// <summary>Another process holds it and did not let go in time.</summary>
    Locked,

    /// <summary>It can be read but not written.</summary>
    ReadOnly,

    /// <summary>Its content is broken.</summary>
    Damaged,

    /// <summary>A newer version of this product wrote it.</summary>
    Newer,

    /// <summary>A version of this product wrote it that is too old to be carried over.</summary>
    Older,

    /// <summary>The file is something else than a store of this product.</summary>
    Foreign,

    /// <summary>No room left on its disk.</summary>
    Full,

    /// <summary>A key that the store has used is gone or is another one.</summary>
    KeyLost,

    /// <summary>Another process has taken the tenant's lease or the user's lock: what we write of a run there does not count any more.</summary>
    Superseded,

    /// <summary>It cannot be reached or used for another reason.</summary>
    Unavailable,
}

/// <summary>
/// A store or spool cannot be worked with. It ends the run: without memory nothing may be written to a tenant.
/// What a call that ended so was to write may or may not have been written.
/// </summary>
public sealed class StoreException : Exception
{
    public StoreException(StoreProblem problem, string message, string advice, Exception? inner = null)
        : base(message, inner) => (Problem, Advice) = (problem, advice);

    public StoreProblem Problem { get; }

    /// <summary>What to do next, for a person.</summary>
    public string Advice { get; }
}
