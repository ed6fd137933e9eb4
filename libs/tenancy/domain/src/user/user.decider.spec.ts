import { given as givenBy } from '@stockproof/decider-testing';
import fc from 'fast-check';
import { stateFrom } from '@stockproof/decider';
import type { UserCommand } from './user.commands';
import { userDecider } from './user.decider';
import type { UserEvent } from './user.events';

const given = givenBy(userDecider);

describe('a user', () => {
  it('is registered once', () => {
    given().when({ type: 'RegisterUser', data: ann }).then(registered);
    given(registered).when({ type: 'RegisterUser', data: ann }).thenRejected({ type: 'UserAlreadyRegistered' });
  });

  it('edits the own profile', () => {
    given(registered)
      .when({ type: 'EditProfile', data: { profile: null, language: 'de' } })
      .then({ type: 'ProfileEdited', data: { userId: 'ann', profile: ann.profile, language: 'de', timeZone: null } });
    given(registered)
      .when({ type: 'EditProfile', data: { profile: null } })
      .thenNothing();
    given()
      .when({ type: 'EditProfile', data: { profile: null } })
      .thenRejected({ type: 'UserNotRegistered' });
  });

  it('keeps everything under the one key that forgetting destroys', () => {
    given()
      .when({ type: 'RegisterUser', data: { ...ann, password: sealed('else', 'pw') } })
      .thenRejected({ type: 'SealedForAnother' });
    given(registered)
      .when({ type: 'ChangePassword', data: { password: sealed('else', 'pw') } })
      .thenRejected({ type: 'SealedForAnother' });
  });

  it('changes nothing once forgotten', () => {
    const forgotten: UserEvent = { type: 'PersonForgotten', data: { userId: 'ann', subjectId: 's1' } };
    given(registered).when({ type: 'ForgetUser', data: {} }).then(forgotten);
    given(registered, forgotten)
      .when({ type: 'ChangePassword', data: { password: sealed('s1', 'new') } })
      .thenRejected({ type: 'UserForgotten' });
    given(registered, forgotten).when({ type: 'ForgetUser', data: {} }).thenNothing();
  });

  it('always has the password set last, until forgotten', () => {
    fc.assert(
      fc.property(fc.array(anyCommand), (commands) => {
        let history: readonly UserEvent[] = [];
        let model: { password: string | null; forgotten: boolean } = { password: null, forgotten: false };
        for (const command of commands) {
          const decision = userDecider.decide(command, stateFrom(userDecider, history));
          if (decision.outcome === 'accepted') history = [...history, ...decision.events];
          model = follow(model, command);
        }
        const state = stateFrom(userDecider, history);
        expect(state.is).toBe(model.forgotten ? 'forgotten' : model.password === null ? 'unknown' : 'registered');
        if (state.is === 'registered') expect(state.password.sealed).toBe(model.password);
      }),
    );
  });
});

const sealed = (subjectId: string, text: string) => ({ subjectId, sealed: text });
const ann = { userId: 'ann', profile: sealed('s1', 'ann@example.com'), password: sealed('s1', 'hash'), language: 'en', timeZone: null };
const registered: UserEvent = { type: 'UserRegistered', data: ann };

type Model = { password: string | null; forgotten: boolean };
const follow = (model: Model, command: UserCommand): Model => {
  if (model.forgotten) return model;
  if (command.type === 'RegisterUser') return model.password === null ? { ...model, password: command.data.password.sealed } : model;
  if (model.password === null) return model;
  if (command.type === 'ChangePassword') return { ...model, password: command.data.password.sealed };
  return command.type === 'ForgetUser' ? { ...model, forgotten: true } : model;
};
const anyCommand: fc.Arbitrary<UserCommand> = fc.oneof(
  fc.string().map((text): UserCommand => ({ type: 'RegisterUser', data: { ...ann, password: sealed('s1', text) } })),
  fc.string().map((text): UserCommand => ({ type: 'ChangePassword', data: { password: sealed('s1', text) } })),
  fc.constant<UserCommand>({ type: 'EditProfile', data: { profile: null, language: 'fr' } }),
  { weight: 1, arbitrary: fc.constant<UserCommand>({ type: 'ForgetUser', data: {} }) },
);
