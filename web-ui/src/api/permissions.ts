import { useSession } from './session';

export type Permission = { allowed: boolean; reason: string | null };

/** Whether the signed-in user may call an operation of the contract. The server decides anyway. */
export function usePermission(operationId: string): Permission {
  const operations = useSession((session) => session.operations);
  const role = useSession((session) => session.role);
  if (operations === null) {
    return { allowed: false, reason: 'Permissions are being loaded' };
  }
  return operations.includes(operationId)
    ? { allowed: true, reason: null }
    : { allowed: false, reason: `Not allowed for the role ${role}` };
}
