# cluster: a Slurm of two nodes on this machine, for tests: without systemd, without cgroups, with
# keys, ports and folders of its own. Sourced; the caller has set $cluster, a folder that nobody
# else uses, and calls cluster_start and, at the end, cluster_stop.
#
# cluster_start returns 1, with a word in $cluster_why, where there cannot be one.

cluster_tools() {
    for tool in munged slurmctld slurmd sbatch scontrol squeue scancel sinfo; do
        PATH=$PATH:/usr/sbin:/sbin command -v $tool >/dev/null || {
            cluster_why="no $tool here (slurm-wlm, munge)"
            return 1
        }
    done
    [ "$(id -u)" -eq 0 ] || { cluster_why="daemons of several users need the rights of root"; return 1; }
}

cluster_configure() {
    host=$(hostname -s)
    base=$((20000 + $$ % 20000)) # ports; tests may run side by side
    mkdir -p "$cluster/munge" "$cluster/run" "$cluster/log" "$cluster/state" "$cluster/spool/n1" \
        "$cluster/spool/n2"
    chmod 755 "$cluster" "$cluster/munge" "$cluster/run"
    head -c 1024 /dev/urandom >"$cluster/munge/key"
    chmod 400 "$cluster/munge/key"
    cat >"$cluster/slurm.conf" <<END
ClusterName=qingwen
SlurmctldHost=$host(127.0.0.1)
AuthType=auth/munge
AuthInfo=socket=$cluster/run/munge.sock
SlurmUser=root
SlurmdUser=root
SlurmctldPort=$base
StateSaveLocation=$cluster/state
SlurmdSpoolDir=$cluster/spool/%n
SlurmctldPidFile=$cluster/run/slurmctld.pid
SlurmdPidFile=$cluster/run/slurmd-%n.pid
SlurmctldLogFile=$cluster/log/slurmctld.log
SlurmdLogFile=$cluster/log/slurmd-%n.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/backfill
MpiDefault=none
ReturnToService=2
JobRequeue=1
RequeueExit=75
KillWait=2
NodeName=n1 NodeHostname=$host NodeAddr=127.0.0.1 Port=$((base + 1)) CPUs=1 RealMemory=500
NodeName=n2 NodeHostname=$host NodeAddr=127.0.0.1 Port=$((base + 2)) CPUs=1 RealMemory=500
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
END
    SLURM_CONF=$cluster/slurm.conf
    export SLURM_CONF
}

cluster_start() {
    cluster_why=
    cluster_tools || return 1
    PATH=$PATH:/usr/sbin:/sbin
    cluster_configure
    munged --force --socket="$cluster/run/munge.sock" --key-file="$cluster/munge/key" \
        --pid-file="$cluster/run/munged.pid" --log-file="$cluster/log/munged.log" \
        --seed-file="$cluster/munge/seed" >"$cluster/log/start" 2>&1 || {
        cluster_why="munged does not start: $(head -n 1 "$cluster/log/start")"
        return 1
    }
    slurmctld -c >>"$cluster/log/start" 2>&1
    slurmd -N n1 >>"$cluster/log/start" 2>&1
    slurmd -N n2 >>"$cluster/log/start" 2>&1
    tries=0
    until [ "$(sinfo -h -t idle -o %D 2>/dev/null)" = 2 ]; do
        tries=$((tries + 1))
        [ $tries -lt 60 ] || { cluster_why="two nodes do not come up: $(tail -n 1 "$cluster/log/slurmctld.log")"; return 1; }
        sleep 0.5
    done
}

# Ends what cluster_start began, by the process ids that the daemons wrote down.
cluster_stop() {
    tries=0
    while [ -n "$(squeue -h 2>/dev/null)" ] && [ $tries -lt 50 ]; do # until nothing runs any more
        scancel -u "$(id -un)" 2>/dev/null
        tries=$((tries + 1))
        sleep 0.2
    done
    scontrol shutdown >/dev/null 2>&1
    for file in "$cluster"/run/*.pid; do
        [ -s "$file" ] || continue
        pid=$(cat "$file")
        kill "$pid" 2>/dev/null
        tries=0
        while kill -0 "$pid" 2>/dev/null && [ $tries -lt 20 ]; do
            tries=$((tries + 1))
            sleep 0.2
        done
        kill -9 "$pid" 2>/dev/null
    done
    return 0
}
