import { publicApi } from './client';
import { forgetSession } from './session';

/** Ends the session here even if the gateway does not answer. */
export async function logout(): Promise<void> {
  try {
    await publicApi.POST('/api/auth/logout', { params: { header: { 'X-Saker-Request': '1' } } });
  } finally {
    forgetSession();
  }
}
