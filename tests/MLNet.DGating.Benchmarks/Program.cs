using System.Globalization;
using MLNet.DGating.Benchmarks;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var arguments = Arguments.Parse(args);
switch (arguments.Command)
{
    case "protocol":
        Protocol.Run(arguments);
        return 0;
    case "scale":
        Scale.Run(arguments);
        return 0;
    case "streamed":
        Streamed.Run(arguments);
        return 0;
    case "cold":
        ColdStart.Run(arguments);
        return 0;
    case "scale-cell":
        // The process of one cell of scale.
        ScaleCell.RunChild(arguments);
        return 0;
    case "cold-start":
        // The process whose start cold measures.
        ColdProgram.RunChild(arguments);
        return 0;
    case "cluster":
        Cluster.Run(arguments);
        return 0;
    case "cluster-rank":
        // One of the processes that cluster starts.
        ClusterRank.RunChild(arguments);
        return 0;
    case "shards":
        Shards.Run(arguments);
        return 0;
    case "shard-rank":
        // One of the processes that shards starts.
        ShardRank.RunChild(arguments);
        return 0;
    case "floor":
        Floor.Run(arguments);
        return 0;
    case "work":
        Work.Run(arguments);
        return 0;
    case "score":
        Scoring.Run();
        return 0;
    case "compacted":
        Compacted.Run();
        return 0;
    case "pruned":
        PrunedScoring.Run();
        return 0;
    case "evidence":
        Evidence.Run(arguments);
        return 0;
    case "reconstruct":
        Reconstruct.Run(arguments);
        return 0;
    case "search":
        Search.Run(arguments);
        return 0;
    case "batched":
        return BatchedTraining.Run(arguments);
    case "device-checks":
        return DeviceChecks.Run(arguments);
    case "device-fits":
        return DeviceFits.Run(arguments);
    case "sparse":
        Sparse.Run(arguments);
        return 0;
    case "text":
        Text.Run(arguments);
        return 0;
    case "trust":
        Trust.Run(arguments);
        return 0;
    case "study":
        Study.Run(arguments);
        return 0;
    case "fewrows":
        FewRows.Run(arguments);
        return 0;
    case "calibration":
        CalibrationError.Run(arguments);
        return 0;
    case "knockoffs":
        Knockoffs.Run(arguments);
        return 0;
    case "tables":
        Tables.Run(arguments);
        return 0;
    case "missing":
        MissingValues.Run(arguments);
        return 0;
    case "additive":
        Additive.Run(arguments);
        return 0;
    case "neurons":
        Neurons.Run(arguments);
        return 0;
    case "sources":
        Sources.Run(arguments);
        return 0;
    case "trees":
        GatedTrees.Run(arguments);
        return 0;
    case "paper":
        Paper.Run(arguments);
        return 0;
    case "continue":
        Continued.Run(arguments);
        return 0;
    case "bits":
        Bits.Run(arguments);
        return 0;
    default:
        Console.Error.WriteLine("""
            usage: dotnet run -c Release --project tests/MLNet.DGating.Benchmarks -- COMMAND [--name value …]

              protocol   accuracy, features kept and seconds on data sets with fixed splits
                         --data DIR   folder with NAME.csv and splits/NAME.test.txt   (default ../shared/data)
                         --sets LIST  mice:20,10,auto;isolet:50,20,auto;madelon:20,auto
                         --seeds N    seeds 0 … N − 1 (default 5)
                         --threads N  threads of a fit (default 1)
                         --noise σ    input noise (default: chosen on held-out rows)
                         --runs N     runs whose rankings are averaged (default 1)
                         --storage P  rows in full precision, or half (default full)
                         --baselines  none, or of mi,l1,pfi (default: all): the same k on the same rows by mutual information and FastTree,
                                      L1 and the same linear model, LightGBM and permutation importance
                         --json FILE  the table once more, every run with its seed
              floor      our training step and a whole fit beside their bare matrix products, and beside the usual loop
                         --data DIR   as above
              work       how the work of a path falls as features leave, and what a second core brings
                         --data DIR   as above
              scale      an iteration's time and peak memory as rows and features grow, each cell in a process of its own
                         --rows LIST, --features LIST   (default 1000,10000,100000,1000000,10000000; 10,100,1000,10000,100000)
                         --memory GB  cells with a larger matrix are skipped (default 4)
                         --threads N  (default 1)
              streamed   every kind of fit of rows that are streamed beside the same fit of rows in memory: accuracy on test rows
                         --examples DIR  folder with adult.csv (default examples/data)
                         --share X    the share of the rows that memory may hold (default 0.1)
                         --only NAME  one kind of fit, --seeds N (default 1), --threads N (default 1)
              cold       from the start of a process to the end of the first iteration, phase by phase
                         --examples DIR  folder with mice.csv and adult.csv (default examples/data)
                         --runs N     starts of each program (default 5)
              evidence   cross-validation and stability selection: seconds, and their tables
                         --data DIR   as above
                         --set NAME   mice, or another with several classes
                         --folds N    (default 5)
                         --pairs N    (default 50)
                         --threads N  (default: all processors)
              cluster    stability selection over ranks that mpirun starts here: bits, seconds, messages, bytes, cost of a piece
                         --ranks LIST (default 1,2,4)
                         --pairs N    (default 50)
                         --examples DIR  folder with mice.csv (default examples/data)
              shards     a fit of rows of which each rank that mpirun starts here holds a shard: quality, bits, seconds, messages, bytes
                         --ranks LIST (default 1,2,4)
                         --set NAME   adult (default), taxi, or wide: 6,000 generated rows of 1,000 columns
                         --count N    the number of features (default: chosen)
                         --rows N     at most so many training rows, --seed N (default 1)
                         --examples DIR  folder with both (default examples/data)
              reconstruct  slots selected without a label, judged by what a linear model rebuilds from them on test rows
                         --data DIR, --seeds N (default 3)   as above
                         --sets LIST  mice:5,10,20,auto;isolet:5,10,20,auto;madelon:5,10,20
              search     FitBest beside the options as given, on test rows
                         --data DIR   as above; adult and taxi are read from --examples DIR (default examples/data)
                         --sets LIST  mice;isolet;madelon;adult;taxi
                         --trials N   (default 16)
                         --first N    first seed (default 0)
                         --seeds N    (default 1)
                         --threads N  (default: all processors)
              batched    independent runs in one batch on a device: ms a step for 1, 4, 8 and 32 of them
                         --device D   cuda or cpu (default cuda)
                         --steps N, --iterations N   (default 64 and 10; on the CPU 4 and 3)
              device-checks  runs on a device beside those on the CPU, and recorded steps beside launched ones
                         --device D   as above
              device-fits    whole fits on a card beside all cores of its machine
                         --device D, --data DIR   as above
                         --seconds N  fits that would begin later are left out (default 200)
              sparse     an iteration on rows kept sparse beside the same rows kept dense
                         --hidden N, --rows N, --batch N   (128, 2048, 64)
              text       a bag of words with planted words through the public API: seconds, peak memory, words found
                         --rows N, --slots N, --words N, --count N, --seed N   (20000, 50000, 60, 50, 0)
                         --dense 1    also the engine alone on the same rows sparse and dense
              trust      generated tables whose truth is known: the count chosen, beside the best count by test log-loss
                         --seeds N (default 10), --only TEXT, --threads N
              study      false selections, power and exact sets on generated rows, of the count chosen, stability selection, L1, extra
                         trees and mutual information: docs/trust.md. Repetitions are added to a file; then its table is written
                         --out FILE   (default docs/trust/study.csv)
                         --minutes N  how long to add repetitions (default 0: write the table of those that there are)
                         --repetitions N  the most of a cell (default 200)
                         --only LIST  cells with one of these in their name, parted by ;
                         --pictures DIR  draw the pictures of docs/trust.md
              fewrows    accuracy, AUC and log-loss with exactly so many of many columns, by repeated 5-fold cross-validation, and on
                         generated tables whose informative blocks of columns are known, each drawn anew with 1,000 test rows;
                         beside mutual information, L1 and extremely randomized trees, each with a logistic regression
                         --data DIR   as above
                         --sets LIST  prostate;colon;generated
                         --only LIST  generated tables with this in their name
                         --part P     all, or training: without the rows of the fixed test part (default all)
                         --repeats N, --first N   repeats or draws, from this seed on (10, 0)
                         --counts LIST  20,50; 0 for a count that D-Gating chooses
                         --variants LIST  of options, defaults;l2=0.1,noise=2;depth=2,hidden=16 (default defaults)
                         --baselines  none, or of mi,trees,l1,forest (default mi,l1,forest)
              calibration  log-loss (nats) and expected calibration error on test rows, before and after calibration
                         --seeds N (default 5), --only TEXT, --threads N, --examples DIR (default examples/data)
              knockoffs  false discovery rate and power of FitKnockoffs on generated rows, beside the lasso with the same knockoffs
                         --repetitions N (default 30), --draws N (default 10), --first N, --only TEXT, --threads N
              tables     log-loss and accuracy, or RMSE, on measured and generated plain tables, beside LightGBM, FastTree and a linear
                         model; each cell: mean ± standard error over splits; seconds of training; numbers and categories used
                         --data DIR   as above; adult, california and taxi-fare
                         --only LIST  tables with one of these in their name
                         --families LIST  real,tuning,heldout: defaults are chosen on tuning alone (default all)
                         --methods LIST  lightgbm,lightgbm-own,linear,fasttree,given,open: LightGBM as ML.NET sets it and as it is by
                                      itself, D-Gating with the number of features given and chosen (default all)
                         --against LIST  the methods that all others are compared with at the end (default lightgbm,lightgbm-own)
                         --seeds N (default 5), --splits N (default 4), --first N   splits from this one on
                         --threads N  (default 1)
                         --csv FILE   every run
                         --deeplasso  instead: California housing with 50 and 75 % extra columns, as Cherepanova et al. 2023
              missing    plain tables of which numbers are taken away: LightGBM, missing values as columns, replaced by the mean with an
                         indicator beside it, and their rows skipped (test rows then have the mean)
                         --data DIR, --only LIST, --seeds N, --splits N, --first N, --threads N, --against LIST, --csv FILE   as above
                         --kinds LIST  random,high,label: a fifth of the numbers, high ones, or by the label (default all)
                         --methods LIST  lightgbm-own,encode,encode-open,imputed,imputed-open,skip (default: those with all features)
                         --encoding E  auto, none, piecewiselinear or embedding (default auto)
              continue   a model of half of the training rows of plain tables, continued on the other half, beside a model of all of them:
                         log-loss or RMSE on the test rows, and seconds
                         --data DIR, --only LIST (default adult,california,taxi), --splits N (default 4), --threads N  (default 1)
                         --count N    features of every fit (default: chosen)
              additive   additive models beside networks and ML.NET's Gam, which takes minutes on large tables, on planted curves and
                         tables
                         --only LIST  dsnam,dsnam-binary,adult,california
                         --methods LIST  additive,additive-given,linear,open,gam: with the number of features chosen and given, straight
                                      lines, an ordinary fit, and Gam (default all)
                         --rows N     rows of the planted tables (default 1000)
                         --data DIR, --seeds N, --splits N, --first N, --threads N, --csv FILE   as above
              sources    which of three planted sources, each many columns, have a say: groups of sources beside single columns
                         --tables N (default 10), --rows N (default 1000), --threads N
                         --only LIST  spectrum,counts,sensors,spectrum and sensors,counts and sensors,none (default all)
              neurons    hidden layers whose neurons are selected: how many are kept, the loss, and how long a row takes
                         --only LIST (default adult,california,rules,centers), --widths LIST (default 32,128,512)
                         --encoding E  none (default) or piecewiselinear
                         --data DIR, --splits N (default 3), --first N, --threads N   as above
              trees      trees that are kept of a forest: loss, number and features, beside FastTree with all and with as few trees
                         --only LIST  adult,california,wine and any table of `tables`; wine needs --wine DIR, with winequality-white.csv
                                      and winequality-red.csv
                         --trees N (default 500), --leaves N, --rate R  of FastTree; --fraction R, --prior R  of the selection
                         --data DIR, --splits N (default 4), --first N, --threads N   as above
              paper      what figures of the paper show: recovery of groups beside proximal and direct descent, balance of neurons
                         --parts LIST  recovery,balance
                         --simulations N (default 10), --depths LIST (default 2,3,4,6,10,20)
                         --data DIR   as above; isolet
              bits       a hash of the results of one small fit of each kind, which a change without effect on results leaves equal
                         --only LIST  fits with this in their name
              score      rows scored a second, one row's latency, and what of it is ML.NET's;
                         beside FastTree, LightGBM, ONNX Runtime and TorchSharp

              compacted  networks with dead channels before and after their removal: operations and time
              pruned     a pipeline of ten columns whose model reads four, before and after pruning, and as ONNX
            """);
        return 2;
}
