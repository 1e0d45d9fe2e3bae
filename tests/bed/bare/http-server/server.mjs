// Here goes what `why --fix` prints.
