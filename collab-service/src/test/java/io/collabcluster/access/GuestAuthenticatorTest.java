package io.collabcluster.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.access.AccessException.Code;
import io.collabcluster.access.Authenticator.Credentials;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuestAuthenticatorTest {

    private final Authenticator guests = new GuestAuthenticator();

    @Test
    void aGuestIsWhoTheySayAndNeverEnds() {
        Identity ann = signIn("  Ann  ", Optional.empty());

        assertThat(ann.name()).isEqualTo("Ann");
        assertThat(ann.userId()).matches("guest:[A-Za-z0-9_-]{20}");
        assertThat(ann.groups()).isEmpty();
        assertThat(ann.expiresAt()).isEmpty();
    }

    @Test
    void twoGuestsOfOneNameAreTwoPeople() {
        assertThat(signIn("Ann", Optional.empty()).userId())
                .isNotEqualTo(signIn("Ann", Optional.empty()).userId());
    }

    @Test
    void aGuestWhoComesBackWithTheirIdIsTheSameAuthorAndTheIdIsNotShown() {
        Optional<String> id = Optional.of("AbCdEfGhIjKlMnOpQrSt_-");

        String userId = signIn("Ann", id).userId();

        assertThat(signIn("Anna", id).userId()).isEqualTo(userId);
        assertThat(userId).doesNotContain(id.get()).matches("guest:[A-Za-z0-9_-]{20}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "a\u0000b",
                "a\nb",
                "a\u202eb",
                "a\ud800b",
                "12345678901234567890123456789012345678901234567890123456789012345"
            })
    void aNameThatOthersCantReadIsRefused(String name) {
        AccessException refusal = SignIn.refused(guests, new Credentials(Optional.empty(), Optional.of(name)));

        assertThat(refusal.code()).isEqualTo(Code.UNAUTHENTICATED);
        assertThat(refusal).hasMessageContaining("name");
    }

    @Test
    void aNameOf64EmojiIsFine() {
        assertThat(signIn("🦊".repeat(64), Optional.empty()).name()).hasSize(128);
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "has spaces in it, which no id may", "1234567890123456789012345678901234567890x"})
    void anIdOfAnotherFormIsRefused(String id) {
        assertThat(SignIn.refused(guests, new Credentials(Optional.empty(), Optional.of("Ann"), Optional.of(id))))
                .hasMessageContaining("guestId has 20 to 40 characters");
    }

    @Test
    void noNameAtAllIsRefusedWithAnExample() {
        assertThat(SignIn.refused(guests, new Credentials(Optional.empty(), Optional.empty())))
                .hasMessageContaining("{\"name\":\"Ann\"}");
    }

    @Test
    void aTokenIsNotSilentlyPassedOver() {
        assertThat(SignIn.refused(guests, new Credentials(Optional.of("x"), Optional.of("Ann"))))
                .hasMessageContaining("takes no tokens");
    }

    private Identity signIn(String name, Optional<String> id) {
        return guests.authenticate(new Credentials(Optional.empty(), Optional.of(name), id))
                .await()
                .indefinitely();
    }
}
