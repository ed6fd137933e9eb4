/** What was answered to an effect, and is answered again to the same one. */
export type Answer = { readonly status: number; readonly body: object };

export const accepted = (externalId: string): Answer => ({ status: 201, body: { externalId } });
export const refused = (message: string): Answer => ({ status: 422, body: { code: 'refused', message } });
