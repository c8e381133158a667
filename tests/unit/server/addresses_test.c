/* The number of connections from an address. */
#include <netinet/in.h>

#include "addresses.h"
#include "fake.h"

static struct fake_memory memory;
static struct stellar__addresses addresses;


static int set_up(void **state)
{
    (void)state;
    fake_memory_init(&memory);
    assert_int_equal(stellar__addresses_init(&addresses, &memory.allocator), 0);
    return 0;
}


static int tear_down(void **state)
{
    (void)state;
    stellar__addresses_free(&addresses);
    assert_int_equal(memory.live, 0);
    return 0;
}


static struct stellar__address *take(const char *ip, size_t most)
{
    struct sockaddr_storage peer;

    if (uv_ip4_addr(ip, 1, (struct sockaddr_in *)&peer) != 0) {
        assert_int_equal(uv_ip6_addr(ip, 1, (struct sockaddr_in6 *)&peer), 0);
    }
    return stellar__addresses_take(&addresses, (struct sockaddr *)&peer, most);
}


static void give_back(struct stellar__address *address)
{
    stellar__addresses_release(&addresses, address);
}


static void each_address_has_its_own_and_gets_them_back(void **state)
{
    struct stellar__address *one = take("192.0.2.1", 2);
    struct stellar__address *other = take("192.0.2.2", 2);

    (void)state;
    assert_non_null(other);
    assert_ptr_equal(take("192.0.2.1", 2), one);
    assert_null(take("192.0.2.1", 2));
    give_back(one);
    assert_ptr_equal(take("192.0.2.1", 2), one);
    give_back(one);
    give_back(one);
    give_back(other);
    give_back(NULL);
}


static void of_ipv6_64_bits_count(void **state)
{
    struct stellar__address *one = take("2001:db8:1:2::1", 2);
    struct stellar__address *other = take("2001:db8:1:3::1", 2);

    (void)state;
    assert_ptr_equal(take("2001:db8:1:2:ffff::9", 2), one);
    assert_null(take("2001:db8:1:2::3", 2));
    assert_non_null(other);
    assert_ptr_not_equal(one, other);
    give_back(one);
    give_back(one);
    give_back(other);
}


static void an_ipv4_address_is_the_same_through_a_socket_for_both(void **state)
{
    struct stellar__address *one = take("192.0.2.1", 2);

    (void)state;
    assert_ptr_equal(take("::ffff:192.0.2.1", 2), one);
    assert_null(take("192.0.2.1", 2));
    give_back(one);
    give_back(one);
}


static void without_memory_there_is_no_connection(void **state)
{
    struct stellar__address *address;
    size_t failing;

    (void)state;
    for (failing = 1;; failing++) {
        memory.fail_at = memory.count + failing;
        address = take("192.0.2.1", 1);
        if (address != NULL) {
            break;
        }
    }
    assert_int_equal(failing, 4); /* it, the table, the table's chains */
    give_back(address);
}


int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(each_address_has_its_own_and_gets_them_back),
        TEST(of_ipv6_64_bits_count),
        TEST(an_ipv4_address_is_the_same_through_a_socket_for_both),
        TEST(without_memory_there_is_no_connection),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
