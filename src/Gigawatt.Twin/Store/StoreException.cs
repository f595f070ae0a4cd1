namespace Gigawatt.Store;

/// <summary>A run file could not be written or read: the message says where, what was found and what to do.</summary>
public sealed class StoreException : Exception
{
    /// <summary>A failure with its sentence for people, and what the system said if it said anything.</summary>
    public StoreException(string sentence, Exception? cause = null)
        : base(sentence, cause)
    {
    }
}
