"""Cleans documents in Spark: every partition goes through one `qingwen pipe`.

    spark-submit --files /usr/bin/qingwen clean.py hdfs:///in hdfs:///out

Needs the program on every worker. Not tried where this was written: Spark was not at hand there;
dask/clean.py beside it does the same and was run."""

import base64
import json
import sys

from pyspark.sql import SparkSession

COMMAND = "qingwen pipe --profile corpus -j 1 --ascii --quiet"  # --ascii: any charset will do


def record(pair):
    path, data = pair
    return json.dumps({"id": path, "name": path, "bytes": base64.b64encode(data).decode()})


if __name__ == "__main__":
    spark = SparkSession.builder.appName("qingwen").getOrCreate()
    files = spark.sparkContext.binaryFiles(sys.argv[1])
    answers = files.map(record).pipe(COMMAND)
    # One JSON object a line: failures have `error`, the others `text`.
    spark.read.json(answers).write.parquet(sys.argv[2])
