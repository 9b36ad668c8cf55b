-- spark-sql -f docs/scale/spark.sql, in the folder that holds parts/

CREATE TEMPORARY VIEW segments
USING parquet
OPTIONS (path 'parts', pathGlobFilter 'part-*.parquet');

-- How long each label was heard.
SELECT label, count(*) AS segments, round(sum(`end` - start), 1) AS seconds
FROM segments
GROUP BY label
ORDER BY seconds DESC, label;

-- The recordings that sound angry for the largest part of their speech.
SELECT recording,
       round(sum(`end` - start) FILTER (WHERE label = 'angry') / sum(`end` - start), 3) AS angry
FROM segments
WHERE label <> 'no speech'
GROUP BY recording
ORDER BY angry DESC NULLS LAST, recording
LIMIT 20;
