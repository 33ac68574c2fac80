import { auditTrail } from '../audit-trail/audit-trail.js';
import { customerList } from '../customer-list/customer-list.js';
import { invitations } from '../invitations/invitations.js';
import type { ReadModel } from '../kernel/changes.js';
import { documentModel, logModel } from '../kernel/changes.js';
import { noticesDue } from '../notices-due/notices-due.js';
import { residualPrivileges } from '../residual-privileges/residual-privileges.js';

/** Every read model there is. */
export const READ_MODELS: readonly ReadModel[] = [
  documentModel(customerList),
  logModel(auditTrail),
  documentModel(residualPrivileges),
  documentModel(noticesDue),
  documentModel(invitations),
];
