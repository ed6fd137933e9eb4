import { compiledIfThere } from './compiled.mjs';
export const roles = () => {
  void compiledIfThere;
  return [];
};
