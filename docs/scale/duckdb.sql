-- duckdb < docs/scale/duckdb.sql, in the folder that holds parts/

-- Which shards are there, and whether they were made alike: one row means yes.
SELECT count(*) AS shards, shard."of" AS expected, model.sha256 AS model, settings, engine,
       sum(rows) AS rows, sum(len(inputs)) AS recordings, sum(len(failed)) AS failed
FROM read_json('parts/part-*.json')
GROUP BY ALL;

CREATE VIEW segments AS SELECT * FROM read_parquet('parts/part-*.parquet');

-- How long each label was heard.
SELECT label, count(*) AS segments, round(sum("end" - start), 1) AS seconds
FROM segments
GROUP BY label
ORDER BY seconds DESC, label;

-- The recordings that sound angry for the largest part of their speech.
SELECT recording,
       round(sum("end" - start) FILTER (label = 'angry') / sum("end" - start), 3) AS angry
FROM segments
WHERE label <> 'no speech'
GROUP BY recording
ORDER BY angry DESC NULLS LAST, recording
LIMIT 20;

-- One table of all parts, sorted.
COPY (SELECT * FROM segments ORDER BY recording, start) TO 'parts/all.parquet' (FORMAT parquet);
