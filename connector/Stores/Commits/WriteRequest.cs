using System.Data.Common;

namespace ProvisioningConnector.Stores.Commits;

/// <summary>Something to be written with a commit. A commit that failed may be tried again, so work may be done twice, but counts once.</summary>
internal abstract class WriteRequest
{
    /// <summary>Whether no one waits for it.</summary>
    public abstract bool Rides { get; }

    /// <summary>Whether it is enough that other processes see it: a power cut may undo it.</summary>
    public virtual bool IsSoft => false;

    /// <summary>What the one who asked did wrong, after <see cref="Do"/>.</summary>
    public Exception? Mistake { get; protected set; }

    /// <summary>Does the work. An error of the caller concerns the caller alone; an error of the database concerns all.</summary>
    public abstract void Do(RunWrites writes);

    /// <summary>What was to be written contradicts what is there, e.g. a run that was begun before.</summary>
    public void Contradicts(DbException error) => Mistake = new InvalidOperationException("What was to be written down contradicts what is there.", error);

    /// <summary>After the commit.</summary>
    public abstract void Settle(Exception? problem);
}

/// <summary>Someone waits for it.</summary>
internal sealed class WriteRequest<T>(Func<RunWrites, T> work, bool soft) : WriteRequest
{
    // The one who waits goes on elsewhere, never on the writer's task.
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Done => _completion.Task;

    public override bool Rides => false;

    public override bool IsSoft => soft;

    public override void Do(RunWrites writes)
    {
        try
        {
            _result = work(writes);
        }
        catch (Exception error) when (error is not DbException)
        {
            Mistake = error;
        }
    }

    public override void Settle(Exception? problem)
    {
        if ((Mistake ?? problem) is { } error) _completion.SetException(error);
        else if (_result is { } value) _completion.SetResult(value);
        else _completion.SetException(new InvalidOperationException("The work gave no result."));
    }
}

/// <summary>No one waits for it.</summary>
internal sealed class RidingRequest(Action<RunWrites> work) : WriteRequest
{
    public override bool Rides => true;

    public override bool IsSoft => true;

    public override void Do(RunWrites writes)
    {
        try
        {
            work(writes);
        }
        catch (InvalidOperationException error)
        {
            Mistake = error;
        }
    }

    public override void Settle(Exception? problem)
    {
        // Kept for the next commit when there was a problem; no other caller to report to.
    }
}
