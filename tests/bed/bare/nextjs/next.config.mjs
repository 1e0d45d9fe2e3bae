export default {
  // Here goes what `why --fix` prints.
};
