export type Answer = { readonly status: number; readonly headers: Headers; readonly body: Record<string, unknown> };
export type Call = { readonly body?: unknown; readonly token?: string; readonly headers?: Readonly<Record<string, string>> };

/** Calls the product as an integrator does. */
export type HttpClient = (method: string, path: string, call?: Call) => Promise<Answer>;

export const httpClient =
  (base: string): HttpClient =>
  async (method, path, { body, token, headers = {} } = {}) => {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
  };
