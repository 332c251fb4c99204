using System.Globalization;
using System.Text;
using MLNet.DGating.Distributed;
using MLNet.DGating.Distributed.Collectives;
using MLNet.DGating.Distributed.Probe;

// Started by mpirun. The first argument says what to do; rank 0 prints what came out.
using var cluster = DGatingCluster.Start();
ICollective ranks = cluster.Ranks;
switch (args[0])
{
    case "collectives":
        float[] numbers = [.. Enumerable.Range(0, 1000).Select(i => 1f / (1 + i + 7 * cluster.Rank))];
        ranks.AllReduce(numbers);
        ranks.Barrier();
        byte[] large = new byte[3_000_000];
        new Random(cluster.Rank).NextBytes(large);
        byte[] first = ranks.Broadcast(large);
        string own = $"{cluster.Rank}:{BitConverter.SingleToInt32Bits(numbers[^1])}:{Sum(first)}";
        byte[][] all = ranks.AllGather(Encoding.UTF8.GetBytes(own));
        Say(string.Join(' ', all.Select(Encoding.UTF8.GetString)));
        break;
    case "fit":
        Say(Planted.Fit(args[1], cluster));
        break;
    case "shards":
        Say(Sharded.Fit(args[1], cluster));
        break;
    case "other-options":
        Try(() => Planted.Fit("stability", cluster, seed: 1 + cluster.Rank));
        break;
    case "other-rows":
        Try(() => Planted.Fit("stability", cluster, dataSeed: 1 + cluster.Rank / (cluster.Size - 1)));
        break;
    case "leaves":
        if (cluster.Rank == cluster.Size - 1)
        {
            // As by an exception in its part of the program.
            return;
        }

        Try(() => Planted.Fit("stability", cluster));
        break;
    case "aborts":
        if (cluster.Rank == cluster.Size - 1)
        {
            cluster.Abort("the table is missing.");
            return;
        }

        Try(() => Planted.Fit("stability", cluster));
        break;
    case "aborts-alone":
        if (cluster.Rank == cluster.Size - 1)
        {
            cluster.Abort("the table is missing.");
            return;
        }

        // As a rank that reads rows, and does not come to a fit.
        Thread.Sleep(Timeout.Infinite);
        break;
    case "dies":
        if (cluster.Rank == cluster.Size - 1)
        {
            new Thread(() =>
            {
                Thread.Sleep(int.Parse(args[1], CultureInfo.InvariantCulture));
                Environment.FailFast("Killed by the test.");
            }).Start();
        }

        for (int i = 0; ; i++)
        {
            _ = args.Length > 2 ? Sharded.Fit(args[2], cluster) : Planted.Fit("stability", cluster, seed: i);
        }

    default:
        throw new ArgumentException($"'{args[0]}' is unknown.");
}

void Say(string text)
{
    if (cluster.IsFirst)
    {
        Console.WriteLine(text);
    }
}

void Try(Func<string> fit)
{
    try
    {
        fit();
        Say("done");
    }
    catch (InvalidOperationException error)
    {
        Say(error.Message);
    }
}

static long Sum(byte[] bytes) => bytes.Sum(value => (long)value);
