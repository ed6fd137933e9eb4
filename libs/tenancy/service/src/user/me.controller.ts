import { Body, Controller, Get, HttpCode, Inject, Patch, Put, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, hashPassword, SignedIn, verifyPassword } from '@stockproof/access';
import { answer, AwaitsView, ProblemException, Problems } from '@stockproof/http-problems';
import type { RegisteredUser } from '@stockproof/tenancy-domain';
import type { FastifyReply } from 'fastify';
import { installationId, userStream } from '../aggregates';
import { latestState } from '../latest-state';
import { TenancyParts } from '../tenancy.parts';
import { MeDocument, PasswordRequest, ProfileRequest } from './me.requests';
import { accountsWithinReach } from './reach';
import { notAPerson, userProblems, wrongPassword } from './user.problems';

@ApiTags('Me')
@Controller('v1/tenancy/me')
export class MeController {
  constructor(@Inject(TenancyParts) private readonly parts: TenancyParts) {}

  @Get()
  @SignedIn()
  @AwaitsView('accounts')
  @ApiOperation({ operationId: 'readMe', summary: 'Who asks, with roles, permissions and the accounts within reach' })
  @ApiOkResponse({ type: MeDocument })
  async read(@Caller() caller: Caller<null>): Promise<MeDocument> {
    const user = caller.principal.kind === 'user' ? await this.find(caller) : null;
    const accounts = await accountsWithinReach(this.parts.runtime.databases.reader, caller.principal);
    return { ...accessOf(caller), ...(await this.profileOf(user)), accounts };
  }

  @Patch('profile')
  @SignedIn()
  @HttpCode(204)
  @ApiOperation({ operationId: 'editProfile', summary: 'Change the own name, language or time zone' })
  @ApiNoContentResponse()
  @Problems(userProblems, notAPerson)
  async editProfile(
    @Caller() caller: Caller<null>,
    @Body() { name, language, timeZone }: ProfileRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const user = await this.person(caller);
    const [before] = await this.parts.registration.profiles([user.profile]);
    const renamed = before && name !== undefined && name !== before.name;
    const profile = renamed ? await this.parts.runtime.personalData.seal(user.profile.subjectId, { email: before.email, name }) : null;
    const changes = { profile, ...(language === undefined ? {} : { language }), ...(timeZone === undefined ? {} : { timeZone }) };
    answer(
      await this.parts.tenancy.users.handle(this.streamOf(caller), { type: 'EditProfile', data: changes }, caller.context()),
      userProblems,
      reply,
    );
  }

  @Put('password')
  @SignedIn()
  @HttpCode(204)
  @ApiOperation({ operationId: 'changePassword', summary: 'Change the own password; every session ends' })
  @ApiNoContentResponse()
  @Problems(userProblems, notAPerson, wrongPassword)
  async changePassword(
    @Caller() caller: Caller<null>,
    @Body() body: PasswordRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const user = await this.person(caller);
    const { personalData } = this.parts.runtime;
    const hash = await personalData.open(user.password);
    if (!(await verifyPassword(body.currentPassword, typeof hash === 'string' ? hash : null))) throw new ProblemException(wrongPassword);
    const password = await personalData.seal(user.profile.subjectId, await hashPassword(body.newPassword));
    answer(
      await this.parts.tenancy.users.handle(this.streamOf(caller), { type: 'ChangePassword', data: { password } }, caller.context()),
      userProblems,
      reply,
    );
    await this.parts.sessions.endAll(user.userId, 'the password was changed');
  }

  private async profileOf(user: RegisteredUser | null): Promise<Pick<MeDocument, 'email' | 'name' | 'language' | 'timeZone'>> {
    if (user === null) return { email: null, name: null, language: null, timeZone: null };
    const [profile] = await this.parts.registration.profiles([user.profile]);
    return { email: profile?.email ?? null, name: profile?.name ?? null, language: user.language, timeZone: user.timeZone };
  }

  private streamOf({ principal, organizationId }: Caller<null>): string {
    return userStream(organizationId === '' ? installationId : organizationId, principal.id);
  }

  private async find(caller: Caller<null>): Promise<RegisteredUser | null> {
    const user = await latestState(this.parts.tenancy.users, this.streamOf(caller));
    return user.is === 'registered' ? user : null;
  }

  private async person(caller: Caller<null>): Promise<RegisteredUser> {
    const user = caller.principal.kind === 'user' ? await this.find(caller) : null;
    if (user === null) throw new ProblemException(notAPerson);
    return user;
  }
}

const accessOf = ({ principal, permissions, organizationId }: Caller<null>) => ({
  kind: principal.kind,
  id: principal.id,
  installationAdministrator: principal.kind === 'user' && principal.access.installationAdministrator,
  organizationId: organizationId === '' ? null : organizationId,
  organizationRole: principal.kind === 'user' ? principal.access.organizationRole : null,
  permissions: [...permissions],
});
