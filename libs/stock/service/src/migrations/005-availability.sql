-- Who asks what is available is told how bundles are counted where orders may be split.
grant select on known_splitting to stock_writer;
