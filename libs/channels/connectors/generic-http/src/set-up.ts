import type { ChannelSetUp, SetUpProblem } from '@stockproof/channel-exchange';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';

const isSigningSecret = (secret: string): boolean => {
  try {
    return new Webhook(secret) instanceof Webhook;
  } catch {
    return false;
  }
};

const baseUrl = z
  .url({ protocol: /^https?$/ })
  .refine((url) => {
    const { username, password, search, hash } = new URL(url);
    return `${username}${password}${search}${hash}` === '';
  }, 'must carry no user, query or fragment')
  .transform((url) => url.replace(/\/+$/, ''));

const settings = z.strictObject({ baseUrl, pageSize: z.int().min(1).max(1000).default(200) });

const credentials = z.strictObject({
  /** Sent as `Authorization: Bearer`. */
  token: z.string().min(1).max(1000).nullable().default(null),
  /** Several while a secret is being replaced; a push signed with any of them is believed. */
  pushSecrets: z.array(z.string().refine(isSigningSecret, 'must be whsec_ and base64')).max(3).default([]),
});

/** What a generic-http channel is set up with, checked. */
export type GenericHttpSetUp = z.infer<typeof settings> & z.infer<typeof credentials>;

/** Reads a set-up, or names everything wrong with it. */
export const readSetUp = (
  given: ChannelSetUp,
):
  | { readonly outcome: 'read'; readonly setUp: GenericHttpSetUp }
  | { readonly outcome: 'wrong'; readonly problems: readonly SetUpProblem[] } => {
  const [open, secret] = [settings.safeParse(given.settings), credentials.safeParse(given.credentials)];
  if (open.success && secret.success) return { outcome: 'read', setUp: { ...open.data, ...secret.data } };
  const named = (part: string, result: { readonly error?: z.ZodError }) =>
    (result.error?.issues ?? []).map(({ path, message }) => ({ field: [part, ...path].join('.'), message }));
  return { outcome: 'wrong', problems: [...named('settings', open), ...named('credentials', secret)] };
};
