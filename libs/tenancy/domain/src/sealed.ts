/** Personal data as it stands in an event: the subject's random id and a ciphertext that only the service around can open. */
export type Sealed = { readonly subjectId: string; readonly sealed: string };
