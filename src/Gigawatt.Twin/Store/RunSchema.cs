using Gigawatt.Numerics;
using Gigawatt.Simulation;

namespace Gigawatt.Store;

/// <summary>The tables of a run file. A run file is a SQLite database; <c>docs/run-files.md</c> describes it for readers.</summary>
internal static class RunSchema
{
    /// <summary>"GWRN" in the SQLite header: which kind of database this is.</summary>
    public const uint ApplicationId = 0x4757524E;

    /// <summary>Raised whenever a reader of the older tables would misread the newer ones.</summary>
    public const uint Version = 1;

    /// <summary>Name under which the scenario file lies among the documents.</summary>
    public const string ScenarioDocument = "scenario";

    // 8 KiB pages hold two to four packed chunks. Larger pages and WITHOUT ROWID were measured: long rows spill, 1.25 instead
    // of 0.70 bytes per value. The blob is last, so that summaries are read without it.
    public const string Tables = """
        create table run(
          scenario text not null, hash text not null, program text not null, seed integer not null, number integer not null,
          starts text not null, ends text not null, first_row text, step_s real not null, steps integer not null,
          rows integer not null, status text not null check (status in ('running', 'complete', 'stopped')), reason text);
        create table column(id integer primary key, name text not null unique, label text not null, unit text not null,
          quantum real not null);
        create table chunk(id integer primary key, column integer not null, seq integer not null, count integer not null,
          encoding integer not null, t0 real not null, dt real not null, min real, max real, sum real,
          missing integer not null, crc integer not null, data blob not null);
        create unique index chunk_place on chunk(column, seq);
        create table event(id integer primary key, time_s real not null, kind text not null, component text not null, value real);
        create table ledger(id integer primary key, ledger text not null, line text not null, side text not null, value real);
        create table document(name text primary key, text text not null);
        """;

    private static readonly string[] KindNames = [.. Enum.GetNames<EventKind>().Select(SnakeCase.Of)];

    private static readonly EventKind[] Kinds = Enum.GetValues<EventKind>();

    /// <summary>Name of a kind of event in files: <c>unit_trip</c>.</summary>
    public static string NameOf(EventKind kind) => KindNames[Array.IndexOf(Kinds, kind)];

    /// <summary>The kind of event of this name; false when this program does not know it.</summary>
    public static bool TryKind(string name, out EventKind kind)
    {
        int place = Array.IndexOf(KindNames, name);
        kind = place < 0 ? default : Kinds[place];
        return place >= 0;
    }
}
