package dev.paddock.helm;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong values are refused before anything is installed, with words that name them. */
class ValuesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            regoin: eu                                | regoin
            region: ''                                | Set region
            region: EU West                           | region
            nats: {url: ''}                           | Set nats.url
            nats: {url: 'nats://me:secret@nats:4222'} | url
            redis: {addresses: []}                    | Set redis.addresses
            redis: {addresses: ['a:1', 'b:2']}        | Set redis.cluster
            redis: {addresses: ['redis://a:1']}       | addresses
            mysql: {address: ''}                      | Set mysql.address
            mysql: {address: 'mysql'}                 | address
            mysql: {parameters: 'password=secret'}    | parameters
            servers: {ports: '7000'}                  | ports
            manager: {replicas: 0}                    | replicas
            manager: {port: 80}                       | port
            manager: {password: secret}               | password
            director: {resources: {limits: null}}     | limits
            image: {tag: latest}                      | tag
            """)
    void areRefused(String values, String word) {
        assertThatThrownBy(() -> Rendered.with(values)).hasMessageContaining(word);
    }
}
