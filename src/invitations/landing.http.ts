import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../access/access.js';

const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="referrer" content="no-referrer">
<title>Invitation</title>
<h1>You have been invited to a reseller relationship</h1>
<p>Opening this page has changed nothing. To accept or decline, sign in to your portal as a global admin; it sends the
part of this address after <code>#</code> to <code>/v1/invitations/&hellip;/accept</code>.</p></html>`;

/** Where a personal link leads when no portal stands in front. The same for every invitation, real or not (D6). */
@ApiExcludeController()
@Controller('invitations')
export class LandingController {
  @Get(':invitationId')
  @Public()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-store')
  open(): string {
    return PAGE;
  }
}
