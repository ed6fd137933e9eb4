/** What groups variants: it has a name and references and nothing that is sold. */
export type Product =
  | { readonly status: 'unknown' }
  | {
      readonly status: 'known';
      readonly productId: string;
      readonly title: string;
      readonly references: Readonly<Record<string, string>>;
    };

export const noProduct = (): Product => ({ status: 'unknown' });
