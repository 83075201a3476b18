package io.onex.secret;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The words of which names of secrets, and of what only sounds like them, are made.
final class Vocabulary {
  /// A name with one of these is sensitive, whatever stands around it, unless a descriptor follows.
  static final Set<String> SECRET =
      words(
          """
          password passwords passwd passwds pwd pwds passphrase passphrases passcode passcodes
          pswd passw pword psw passwort kennwort contraseña contrasena senha wachtwoord parola
          motdepasse haslo hasło lösenord salasana пароль 密码 パスワード
          secret secrets credential credentials cred creds apikey apikeys jwt bearer dsn
          connstr connectionstring psk htpasswd requirepass sessionid sessid sessionids jsessionid
          phpsessid clientsecret kek keypass storepass cvv cvc cvv2 ssn mnemonic privkey otp totp hmac
          passkey passkeys userpw
          """);

  /// Runs of words that are sensitive although none of them is.
  static final List<List<String>> PHRASES =
      phrases(
          "session id, sess id, connection string, conn string, conn str, connection str,"
              + " mot de passe, security answer, secret answer, card number, credit card number,"
              + " social security, seed phrase, recovery phrase, pass phrase, pass code, pass word,"
              + " pass key, snmp community, set cookie, id rsa, id dsa, id ecdsa, one time code,"
              + " one time password, two factor code, authentication string");

  /// What a count, a time, a setting or a description of a secret ends in; such a name holds none.
  static final Set<String> DESCRIPTORS =
      words(
          """
          count counts counter usage usages used limit limits budget quota length len size sizes
          type types kind class name names id ids uuid arn path paths file files filename dir folder
          url urls uri uris link endpoint endpoints host server service services provider providers
          manager store stores vault status state states policy policies rule rules strategy
          expiry expires expire expired expiration ttl age created updated deleted modified changed
          at in on by date time timestamp days day hours hour minutes minute seconds second secs sec
          ms millis duration latency interval timeout window valid validity invalid validated
          required requires enabled disabled present missing available supported allowed set unset
          optional exists found format formats algorithm algorithms alg algo cipher version versions
          index indexes indices position offset order field fields column columns attribute
          attributes property properties parameter schema scope scopes issuer audience claims subject
          attempts attempt retries retry tries rotation rotated rotate reset resets strength score
          entropy source sources method methods mode modes flow level levels role roles user users
          username owner module plugin middleware handler filter backend bytes rate ratio percent
          per cost costs price total max min maximum minimum average avg mean median sum
          error errors failure failures failed success successes reason message messages event events
          hint hints label title description prefix suffix prefixes ref refs reference references
          family group groups region verified verification sent channel domain banner consent secure
          stats statistics metrics metric number numbers num estimate estimates estimated savings
          efficiency throughput consumption spend overhead reduction delta embeddings logprobs
          probabilities logits logit logprob probs complexity check checks generator encoder decoder
          parser factory cache pool view log logs report alert notice notification requests request rounds match matches matched mismatch less store manager
          prompt dialog page form screen button input inputs icon help support encoding charset
          salted safe sane realm
          """);

  /// Words that begin a question or a count; such a name holds no secret.
  static final Set<String> ASKING =
      words(
          """
          has is are was needs need requires require use uses using allow allows allowed can should
          supports show hide enable enabled disable disabled max min maximum minimum total num count
          number n no without
          """);

  /// In front of `token`, these make it a piece of text or a place in a list.
  static final Set<String> COUNTED_TOKEN =
      words(
          """
          next page continuation sync resume pagination cursor first last max min stop eos bos pad
          unk sep cls mask special start end prompt completion input output total per avg current
          unexpected reserved syntax word sub per
          """);

  /// In front of `tokens`, these make them secrets and not counts.
  static final Set<String> OWNED_TOKENS =
      words(
          """
          access refresh auth api bearer id session secret oauth security csrf xsrf device bot deploy
          service personal github gitlab slack npm vault user registry
          """);

  /// In front of `key`, these make it a secret.
  static final Set<String> SECRET_KEY =
      words(
          """
          api access secret private encryption encrypt encrypting decryption signing sign master
          session auth authentication account ssh rsa dsa ec ecdsa pgp gpg aes des hmac crypt crypto
          cipher client license licence service subscription app application webhook deploy shared
          symmetric preshared psk server unseal llm jwt jwk tls ssl root admin consumer kek data unlock integration ingest ingestion
          write sas host licensing activation
          openai anthropic azure aws gcp google stripe twilio sendgrid mailgun mailchimp slack github
          gitlab datadog dd newrelic pagerduty algolia maps firebase cloudflare heroku okta shopify
          square paypal hf huggingface cohere mistral gemini groq pinecone sentry segment mixpanel
          amplitude intercom zendesk launchdarkly snyk sonar npm pypi docker vault consul elastic
          grafana splunk rollbar bugsnag honeycomb weather openweather mapbox telegram discord
          whatsapp facebook twitter linkedin youtube dropbox notion airtable trello asana linear figma
          postman supabase planetscale perplexity replicate together deepseek xai rapidapi
          """);

  /// In front of `key`, these make it what something is found by, or what is public.
  static final Set<String> LOOKUP_KEY =
      words(
          """
          partition routing message dedup deduplication idempotency primary foreign sort range shard
          cache group grouping object lookup unique composite row column map dict metric config
          feature flag issue project translation i18n i18 redis lock queue index natural surrogate
          event trace state entity public pub publishable kwargs parent child topic record document
          doc item node aggregate aggregation correlation ordering order s3 blob file path bucket
          label tag property attribute field header setting option param parameter env variable
          registry job task step stage series time date hot shortcut arrow enter escape function any
          missing duplicate invalid unknown required default first last next prev start end left
          right join merge business tenant region language locale resource instance target source
          """);

  /// Where `pass` is no password but a run, a gate or a permit.
  static final Set<String> OTHER_PASS =
      words(
          """
          first second third last next single multi compiler optimizer by boarding render test build
          season mountain low high band all one two forward backward dry full partial initial final
          lint analysis ski free bus hall press day per each this every
          """);

  /// What a signature describes when it is none of a key.
  static final Set<String> OTHER_SIGNATURE =
      words(
          "model input output operator function method type call class schema error query stack virus malware api wine");

  /// Of whom a PIN is one to keep.
  static final Set<String> OWN_PIN =
      words("bank user card account login security sim atm access device my new old debit credit");

  /// Which codes open something.
  static final Set<String> OPENING_CODE =
      words(
          """
          auth authorization otp pin recovery backup verification security mfa tfa unlock access reset
          activation invite invitation totp sms login device
          """);

  /// What may follow `auth` where the credentials themselves stand.
  static final Set<String> AUTH_VALUE =
      words(
          """
          header headers token key code data string info secret value cookie blob payload pass
          password hash param params response b basic bearer credentials
          """);

  /// Whole words that have the letters of a secret.
  private static final Set<String> HARMLESS =
      words(
          """
          bypass compass passport passports passthrough passive passing passed passes passenger
          keyboard keyword keywords keynote keyspace hotkey monkey donkey turkey hockey jockey author
          authors authority authorities authorized authenticated authenticator secretary secretion
          tokenizer tokenized tokenization certain certainty certified certification hashtag hashing
          hashed pinned pinterest spin opinion cookieless basalt salty saltwater
          """);

  /// Other words that are written together with them.
  private static final Set<String> BESIDE =
      words(
          """
          token tokens key keys hash salt auth authorization authorisation oauth cert certificate
          certificates signature sig cookie cookies session pass pin code codes pw
          db database sql mysql postgres pg mongo redis rabbit mq amqp kafka sasl ldap bind ftp sftp
          smtp imap mail email http https proxy wifi wpa snmp login logon signin user usr root admin
          administrator my new old current previous confirm confirmation repeat retype default master
          main client app web site portal server host gateway internal external prod production dev
          staging test temp tmp initial plain raw clear encrypted hashed decrypted base b64 value val
          text string str phrase word data info header body bot csrf xsrf refresh access id api rest
          private public secret shared signing encryption keystore truststore trust jks pem pfx p12
          ssl tls ssh sudo su sys system service svc account acct customer member employee guest
          oracle mssql sqlserver elastic influx neo4j cassandra couch vault consul nomad docker
          registry npm pypi git github gitlab jira aws azure gcp s3 sas slack stripe
          """);

  /// Parts of words that are written together with something unknown; longest first.
  static final List<String> STEMS =
      List.of(
          "connectionstring",
          "passphrase",
          "credential",
          "privatekey",
          "accesstoken",
          "refreshtoken",
          "bearertoken",
          "secretkey",
          "accesskey",
          "authtoken",
          "sessionid",
          "masterkey",
          "passwort",
          "kennwort",
          "password",
          "passcode",
          "apikey",
          "passwd",
          "secret",
          "token",
          "pwd");

  private static final Set<String> KNOWN = known();

  private Vocabulary() {}

  static boolean isKnown(String word) {
    return KNOWN.contains(word);
  }

  /// Whether the letters of a stem at `at` of an unknown word are the stem itself.
  static boolean isStem(String word, String stem, int at) {
    int end = at + stem.length();
    return switch (stem) {
      case "secret" ->
          !word.startsWith("ar", end)
              && !word.startsWith("i", end)
              && !word.startsWith("ly", end)
              && !word.startsWith("e", end);
      case "token" -> end == word.length();
      case "pwd" -> at == 0 || end == word.length();
      default -> true;
    };
  }

  private static Set<String> known() {
    Set<String> all = new HashSet<>();
    List.of(
            SECRET,
            DESCRIPTORS,
            ASKING,
            COUNTED_TOKEN,
            OWNED_TOKENS,
            SECRET_KEY,
            LOOKUP_KEY,
            OWN_PIN,
            HARMLESS,
            BESIDE)
        .forEach(all::addAll);
    for (String word : STEMS) {
      if (!SECRET.contains(word) && !word.equals("token")) {
        all.remove(word);
      }
    }
    return Set.copyOf(all);
  }

  private static Set<String> words(String text) {
    Set<String> words = new HashSet<>();
    for (String word : text.split("\\s+", -1)) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return Set.copyOf(words);
  }

  private static List<List<String>> phrases(String text) {
    return List.of(text.split(", ", -1)).stream()
        .map(phrase -> List.of(phrase.split(" ", -1)))
        .toList();
  }
}
