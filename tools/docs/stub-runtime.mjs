/** A runtime that answers everything with itself: enough to build a service's controllers, which is all that its document needs. */
export const stubRuntime = (known = {}) => {
  const answer = (target, key) => {
    if (Object.hasOwn(known, key)) return known[key];
    if (key === 'then' || key === Symbol.iterator || key === Symbol.asyncIterator) return undefined;
    if (key === Symbol.toPrimitive) return () => 'stub';
    return stub;
  };
  const stub = new Proxy(function stub() {}, { get: answer, apply: () => stub, construct: () => stub });
  return stub;
};
