import { api, dataOf } from './client';
import { setOperations } from './session';

/** Learns what the signed-in user may do. */
export async function loadMe(): Promise<void> {
  setOperations(dataOf(await api.GET('/api/auth/me')));
}
