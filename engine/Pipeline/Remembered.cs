namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>One answer that is believed for a while; many who ask at once share one question.</summary>
/// <param name="ask">Asks.</param>
/// <param name="isGood">Whether an answer may be kept; others are given to those who waited and asked again next time.</param>
/// <param name="age">For how long.</param>
/// <param name="time">The clock.</param>
internal sealed class Remembered<T>(Func<Task<T>> ask, Func<T, bool> isGood, TimeSpan age, TimeProvider time)
{
    private readonly Lock _gate = new();
    private Task<T>? _answer;
    private long _askedAt;

    public async ValueTask<T> GetAsync(CancellationToken cancellation)
    {
        Task<T> answer;
        lock (_gate)
        {
            bool stale = _answer is null || time.GetElapsedTime(_askedAt) > age
                || (_answer.IsCompleted && !(_answer.IsCompletedSuccessfully && isGood(_answer.Result)));
            if (stale) (_answer, _askedAt) = (ask(), time.GetTimestamp());
            answer = _answer ?? throw new InvalidOperationException("No answer was read.");
        }

        return await answer.WaitAsync(cancellation);
    }
}
